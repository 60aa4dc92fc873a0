/** The look of the reference, for light and dark, wide and narrow. */
export const STYLE = `:root {
  --ground: #ffffff; --raised: #f6f7f9; --line: #e1e4ea; --ink: #1a1f2b; --soft: #5b6475; --link: #0b5cad;
  --get: #0a6b49; --post: #0b5cad; --put: #8a5a00; --patch: #8a5a00; --delete: #a8231a; --required: #a8231a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151c; --raised: #1b202a; --line: #2d3443; --ink: #e6e9ef; --soft: #9aa4b5; --link: #7ab8ff;
    --get: #5fd0a3; --post: #7ab8ff; --put: #f0b95a; --patch: #f0b95a; --delete: #ff8d84; --required: #ff8d84;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 1fr); background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: 0.5rem; z-index: 1; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); background: var(--raised); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.25rem 0.6rem; border-radius: 6px; color: var(--ink); text-decoration: none; font-size: 0.95rem; }
nav li a:hover { background: var(--line); }
nav li a[aria-current] { background: var(--line); font-weight: 600; }
.brand { margin: 0 0 1rem; padding: 0 0.6rem; font-weight: 700; font-size: 1.15rem; }
.brand a { color: inherit; text-decoration: none; }
.brand span { color: var(--soft); font-weight: 400; }
main { max-width: 62rem; padding: 2rem 2.5rem 6rem; min-width: 0; }
a { color: var(--link); }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h1 small { color: var(--soft); font-size: 1rem; font-weight: 400; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0; }
h3 { font-size: 1rem; margin: 1.6rem 0 0.4rem; }
.lead { color: var(--soft); font-size: 1.1rem; margin-top: 0; }
.anchor { color: inherit; text-decoration: none; }
.anchor:hover { text-decoration: underline; }
section { margin-top: 2.5rem; padding-top: 2rem; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
.route { margin: 0.5rem 0; display: flex; gap: 0.6rem; align-items: center; flex-wrap: wrap; }
.route code { background: none; padding: 0; font-size: 0.95rem; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 4.2rem; text-align: center; font: 700 0.72rem/1 ui-monospace, monospace; padding: 0.35rem 0.4rem; border: 1px solid currentColor; border-radius: 5px; color: var(--soft); }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.id { margin-left: auto; color: var(--soft); font-size: 0.85rem; }
.status { min-width: 3rem; }
.deprecated { color: var(--delete); font-size: 0.8rem; border: 1px solid; border-radius: 5px; padding: 0.1rem 0.4rem; vertical-align: middle; }
.access, .headers { color: var(--soft); font-size: 0.92rem; }
code { font: 0.88em ui-monospace, 'SF Mono', Menlo, Consolas, monospace; background: var(--raised); padding: 0.1em 0.3em; border-radius: 4px; }
td code { overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1rem; overflow: auto; max-height: 32rem; }
pre code { background: none; padding: 0; font-size: 0.85rem; line-height: 1.5; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; margin: 0.5rem 0; }
th { text-align: left; color: var(--soft); font-weight: 500; font-size: 0.82rem; }
th, td { padding: 0.45rem 0.8rem 0.45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.fields td:first-child { width: 28%; } .fields td:nth-child(2) { width: 30%; color: var(--soft); }
.index td:first-child { width: 5.5rem; } .index td:nth-child(2) { width: 45%; }
.index code { background: none; padding: 0; }
.required { display: block; color: var(--required); font-size: 0.75rem; }
details { margin: 0.6rem 0; }
summary { cursor: pointer; color: var(--link); font-size: 0.95rem; }
.problems { margin-top: 1.4rem; }
@media (max-width: 52rem) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 1rem; }
  nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem; }
  main { padding: 1.5rem 1rem 4rem; }
  .index td:nth-child(2) { width: auto; }
  table { display: block; overflow-x: auto; }
}
@media print { nav { display: none; } body { display: block; } pre { max-height: none; } }
`;
