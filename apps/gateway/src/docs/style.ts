/** Styles the navigation and the guides (`main`), in light and dark. Swagger UI has its own stylesheet. */
export const STYLE = `:root { --ground: #fff; --raised: #f6f7f9; --line: #e1e4ea; --ink: #1a1f2b; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1c2022; --raised: #282d30; --line: #3b4151; --ink: #e6e9ef; --link: #7ab8ff; }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; padding: 0.8rem 1.2rem; border-bottom: 1px solid var(--line); background: var(--raised); }
nav a, main a { color: var(--link); }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1.2rem 5rem; overflow-wrap: anywhere; }
main h1, main h2, main h3 { line-height: 1.25; }
main h2 { margin-top: 2.2rem; }
main code, main pre { font: 0.9em ui-monospace, Menlo, Consolas, monospace; background: var(--raised); border-radius: 4px; }
main code { padding: 0.1em 0.3em; }
main pre { padding: 0.9rem 1rem; overflow: auto; }
main table { border-collapse: collapse; display: block; overflow-x: auto; }
main th, main td { padding: 0.45rem 0.8rem 0.45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
`;
