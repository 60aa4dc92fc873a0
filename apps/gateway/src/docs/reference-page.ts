import { framed } from './frame.js';

/**
 * The interactive reference. The scripts are deferred, so they run in this order after the page is parsed.
 */
export const referencePage = (): string =>
  framed({
    title: 'DelAuto API',
    head: `<link rel="stylesheet" href="/docs/swagger-ui.css">
    <script src="/docs/swagger-ui.js" defer></script>
    <script src="/docs/initializer.js" defer></script>`,
    body: '<div id="swagger-ui"></div><noscript><p>The reference needs JavaScript. <a href="/openapi.json">The same as OpenAPI</a>.</p></noscript>',
  });

/** See https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/. */
const OPTIONS = {
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  // Operations show the schemas they use; the list of all of them is slow to draw (ADR 22).
  defaultModelsExpandDepth: -1,
  defaultModelExpandDepth: 3,
  displayOperationId: true,
  // Shows `x-permission` and `x-roles`.
  showExtensions: true,
  filter: true,
  // Credentials are gone when the page is closed.
  persistAuthorization: false,
  // Swagger UI would send the document's address to a validator on the internet.
  validatorUrl: null,
};

/** A file of its own, because the policy of the page permits no inline script. */
export const INITIALIZER = `const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
SwaggerUIBundle(${JSON.stringify(OPTIONS, null, 2)});
`;
