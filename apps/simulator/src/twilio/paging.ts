import { TwilioApiError } from './twilio-error.js';

/** The query of a listing, as parsed from the URL; a repeated name is an array. */
export type ListQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly pageSize: number;
  readonly uri: string;
  readonly firstPageUri: string;
  readonly nextPageUri: string | null;
  readonly previousPageUri: string | null;
}

const defaultPageSize = 50;
const maxPageSize = 1000;

/**
 * Cuts one page out of a listing. The page token names the last item of the page before, so that pages stay stable
 * while new items are added at the front.
 * @param items all that match, newest first
 * @param path of the listing, without query
 */
export function pageOf<T extends { readonly sid: string }>(
  items: readonly T[],
  path: string,
  query: ListQuery,
): Page<T> {
  const pageSize = Math.min(maxPageSize, wholeNumber(query, 'PageSize', defaultPageSize, 1));
  const page = wholeNumber(query, 'Page', 0, 0);
  const token = single(query, 'PageToken');
  let start = page * pageSize;
  if (token !== undefined) {
    const before = items.findIndex((item) => `PA${item.sid}` === token);
    if (before < 0) throw new TwilioApiError(20001, 'PageToken is not one of this listing; begin again without it.');
    start = before + 1;
  }
  const taken = items.slice(start, start + pageSize);
  const last = taken.at(-1);
  const uriOf = (number: number, after?: string): string => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value === undefined || ['Page', 'PageSize', 'PageToken'].includes(name)) continue;
      for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
    }
    parameters.set('PageSize', String(pageSize));
    parameters.set('Page', String(number));
    if (after !== undefined) parameters.set('PageToken', after);
    return `${path}?${parameters.toString()}`;
  };
  const more = start + taken.length < items.length && last !== undefined;
  return {
    items: taken,
    page,
    pageSize,
    uri: uriOf(page, token),
    firstPageUri: uriOf(0),
    nextPageUri: more ? uriOf(page + 1, `PA${last.sid}`) : null,
    previousPageUri: page > 0 ? uriOf(page - 1) : null,
  };
}

/** The envelope Twilio puts around a listing. */
export function pageJson<T>(name: string, page: Page<T>, toJson: (item: T) => unknown): Record<string, unknown> {
  const start = page.page * page.pageSize;
  return {
    [name]: page.items.map(toJson),
    first_page_uri: page.firstPageUri,
    next_page_uri: page.nextPageUri,
    previous_page_uri: page.previousPageUri,
    uri: page.uri,
    page: page.page,
    page_size: page.pageSize,
    start,
    end: Math.max(start, start + page.items.length - 1),
  };
}

/** The one value of a query parameter; of a repeated one the first. */
export function single(query: ListQuery, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

function wholeNumber(query: ListQuery, name: string, byDefault: number, least: number): number {
  const text = single(query, name);
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new TwilioApiError(20001, `${name} must be a whole number of ${least} or more.`);
  return value;
}
