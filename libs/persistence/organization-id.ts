/** The tenant. A branded text, so that a query cannot be given any other id, or forget it, and still compile. */
export type OrganizationId = string & { readonly __brand: 'OrganizationId' };

const ORGANIZATION_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/** @throws RangeError when the text cannot be an organisation's id. */
export function organizationId(text: string): OrganizationId {
  if (!ORGANIZATION_ID.test(text)) {
    throw new RangeError(`"${text.slice(0, 64)}" is no organisation id: 1 to 128 letters, digits or . _ ~ - are.`);
  }
  return text as OrganizationId;
}
