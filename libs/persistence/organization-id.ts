/** The id of a tenant. The type is branded, so that a query with another id, or without it, does not compile. */
export type OrganizationId = string & { readonly __brand: 'OrganizationId' };

const ORGANIZATION_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/** @throws RangeError when the text is not a valid organization id */
export function parseOrganizationId(text: string): OrganizationId {
  if (!ORGANIZATION_ID.test(text)) {
    throw new RangeError(
      `"${text.slice(0, 64)}" is not an organization id; it must have 1 to 128 letters, digits or . _ ~ -.`,
    );
  }
  return text as OrganizationId;
}
