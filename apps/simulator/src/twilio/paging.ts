import { TwilioApiError } from './twilio-error.js';

/** The parsed query of a listing. The values of a repeated name are an array. */
export type ListQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One page of a listing, and the URIs of its neighbors. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly pageSize: number;
  readonly uri: string;
  readonly firstPageUri: string;
  readonly nextPageUri: string | null;
  readonly previousPageUri: string | null;
}

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;

/**
 * Takes one page of a listing. The page token identifies the last item of the previous page, so that pages stay stable
 * while new items are added at the front.
 * @param items all matching items, newest first
 * @param path the listing's path, without query
 */
export function paginate<T extends { readonly sid: string }>(
  items: readonly T[],
  path: string,
  query: ListQuery,
): Page<T> {
  const pageSize = Math.min(MAX_PAGE_SIZE, parseWholeNumber(query, 'PageSize', DEFAULT_PAGE_SIZE, 1));
  const page = parseWholeNumber(query, 'Page', 0, 0);
  const token = getQueryValue(query, 'PageToken');
  let start = page * pageSize;
  if (token !== undefined) {
    const previousIndex = items.findIndex((item) => `PA${item.sid}` === token);
    if (previousIndex < 0)
      throw new TwilioApiError(20001, 'PageToken does not belong to this listing. Start again without it.');
    start = previousIndex + 1;
  }
  const pageItems = items.slice(start, start + pageSize);
  const last = pageItems.at(-1);
  const toUri = (pageNumber: number, pageToken?: string): string => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value === undefined || ['Page', 'PageSize', 'PageToken'].includes(name)) continue;
      for (const single of typeof value === 'string' ? [value] : value) parameters.append(name, single);
    }
    parameters.set('PageSize', String(pageSize));
    parameters.set('Page', String(pageNumber));
    if (pageToken !== undefined) parameters.set('PageToken', pageToken);
    return `${path}?${parameters.toString()}`;
  };
  const hasMore = start + pageItems.length < items.length && last !== undefined;
  return {
    items: pageItems,
    page,
    pageSize,
    uri: toUri(page, token),
    firstPageUri: toUri(0),
    nextPageUri: hasMore ? toUri(page + 1, `PA${last.sid}`) : null,
    previousPageUri: page > 0 ? toUri(page - 1) : null,
  };
}

/** Wraps a page in Twilio's envelope of a listing. */
export function toPageJson<T>(name: string, page: Page<T>, toJson: (item: T) => unknown): Record<string, unknown> {
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

/** Returns the value of a query parameter; the first one if it is repeated. */
export function getQueryValue(query: ListQuery, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

function parseWholeNumber(query: ListQuery, name: string, defaultValue: number, min: number): number {
  const text = getQueryValue(query, name);
  if (text === undefined) return defaultValue;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min)
    throw new TwilioApiError(20001, `${name} must be a whole number of ${min} or more.`);
  return value;
}
