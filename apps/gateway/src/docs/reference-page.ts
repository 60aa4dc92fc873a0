import { renderPage } from './render-page.js';

/** Renders the interactive reference. The scripts are deferred, so they run in this order after the page is parsed. */
export const renderReferencePage = (): string =>
  renderPage({
    title: 'DelAuto API',
    head: `<link rel="stylesheet" href="/docs/swagger-ui.css">
    <script src="/docs/swagger-ui.js" defer></script>
    <script src="/docs/initializer.js" defer></script>`,
    body: '<div id="swagger-ui"></div><noscript><p>The reference needs JavaScript. <a href="/openapi.json">Read the OpenAPI document instead</a>.</p></noscript>',
  });

/** See https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/. */
const OPTIONS = {
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  // Hides the list of all schemas, which is slow to render (ADR 22). Operations show the schemas they use.
  defaultModelsExpandDepth: -1,
  defaultModelExpandDepth: 3,
  displayOperationId: true,
  // Shows `x-permission` and `x-roles`.
  showExtensions: true,
  filter: true,
  // Credentials are forgotten when the page is closed.
  persistAuthorization: false,
  // By default, Swagger UI sends the document's URL to an external validator.
  validatorUrl: null,
};

/**
 * The script that starts Swagger UI. It is a separate file, because the content security policy permits no inline
 * script.
 */
export const INITIALIZER = `const darkScheme = matchMedia('(prefers-color-scheme: dark)');
const applyColorScheme = () => document.documentElement.classList.toggle('dark-mode', darkScheme.matches);
darkScheme.addEventListener('change', applyColorScheme);
applyColorScheme();
SwaggerUIBundle(${JSON.stringify(OPTIONS, null, 2)});
`;
