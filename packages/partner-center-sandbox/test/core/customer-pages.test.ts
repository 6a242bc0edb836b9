import { describe, expect, test } from 'vitest';
import { createFixture, type Fixture, itemsOf, type Json } from '../fixture.ts';

const list = (fixture: Fixture, query: Record<string, string>, token?: unknown) =>
  fixture.call('GET', '/v1/customers', undefined, {
    query,
    headers: token === undefined ? {} : { 'MS-ContinuationToken': String(token) },
  });
const names = (answer: { json: Json }) =>
  itemsOf(answer).map((item) => (item['companyProfile'] as { companyName: string }).companyName);

interface Links {
  readonly next?: { readonly headers: readonly { readonly value: string }[] };
  readonly previous?: { readonly headers: readonly { readonly value: string }[] };
}
const linksOf = ({ json }: { json: Json }) => json['links'] as Links;
/** The token of a page, also of a last one. */
const tokenOf = (answer: { json: Json }) =>
  (linksOf(answer).next ?? linksOf(answer).previous)?.headers[0]?.value;

function seedLists(count: number) {
  const fixture = createFixture({ pageSize: 2 });
  for (let index = 0; index < count; index += 1) {
    fixture.sandbox.addCustomer({ companyName: `Company ${index}`, domain: `d${index}.example` });
  }
  return fixture;
}

describe('listing customers', () => {
  test('goes on with the token of the page before, which is in the body and in the next link', () => {
    const fixture = seedLists(3);
    const first = list(fixture, { size: '0' });
    expect(names(first)).toEqual(['Company 0', 'Company 1']);
    const token = first.json['continuationToken'];
    expect(first.json['links']).toMatchObject({
      next: { headers: [{ key: 'MS-ContinuationToken', value: token }] },
    });
    expect(first.json['links']).not.toHaveProperty('previous');
    const second = list(fixture, { seekOperation: 'Next' }, token);
    expect(names(second)).toEqual(['Company 2']);
    expect(second.json).not.toHaveProperty('continuationToken');
    expect(second.json['links']).not.toHaveProperty('next');
  });

  test('goes to the first, the last, the next and the page before, whatever the letters', () => {
    const fixture = seedLists(5);
    const first = list(fixture, {});
    const second = list(fixture, { seekOperation: 'nExt' }, tokenOf(first));
    const seek = (seekOperation: string, from: typeof first) =>
      names(list(fixture, { seekOperation }, tokenOf(from)));
    expect(seek('NEXT', second)).toEqual(['Company 4']);
    expect(seek('Previous', second)).toEqual(['Company 0', 'Company 1']);
    expect(seek('first', second)).toEqual(['Company 0', 'Company 1']);
    expect(seek('Last', first)).toEqual(['Company 4']);
    const last = list(fixture, { seekOperation: 'Last' }, tokenOf(first));
    expect(seek('previous', last)).toEqual(['Company 2', 'Company 3']);
  });

  test('has a full last page where the customers come out even', () => {
    const fixture = seedLists(4);
    const last = list(fixture, { seekOperation: 'Last' }, tokenOf(list(fixture, {})));
    expect(names(last)).toEqual(['Company 2', 'Company 3']);
  });

  test('has nothing before the first page and nothing behind the last, and leads back from there', () => {
    const fixture = seedLists(3);
    const first = list(fixture, {});
    const before = list(fixture, { seekOperation: 'Previous' }, tokenOf(first));
    expect([names(before), linksOf(before).previous]).toEqual([[], undefined]);
    expect(names(list(fixture, { seekOperation: 'Next' }, tokenOf(before)))).toEqual(names(first));
    const last = list(fixture, { seekOperation: 'Last' }, tokenOf(first));
    const behind = list(fixture, { seekOperation: 'Next' }, tokenOf(last));
    expect([names(behind), linksOf(behind).next]).toEqual([[], undefined]);
    const back = list(fixture, { seekOperation: 'Previous' }, tokenOf(behind));
    expect(names(back)).toEqual(['Company 1', 'Company 2']);
  });

  test('goes back to the customers that are left, when others were deleted meanwhile', () => {
    const fixture = seedLists(5);
    const ids = fixture.sandbox.state().customers.map(({ id }) => id);
    const second = list(fixture, { seekOperation: 'Next' }, tokenOf(list(fixture, {})));
    fixture.call('DELETE', `/v1/customers/${ids[1]}`);
    fixture.call('DELETE', `/v1/customers/${ids[2]}`);
    const previous = list(fixture, { seekOperation: 'Previous' }, tokenOf(second));
    expect(names(previous)).toEqual(['Company 0']);
  });

  test('keeps size and filter from page to page', () => {
    const fixture = seedLists(3);
    fixture.sandbox.addCustomer({ companyName: 'Other' });
    const filter = JSON.stringify({ Field: 'CompanyName', Value: 'comp', Operator: 'starts_with' });
    let page = list(fixture, { size: '1', filter });
    const seen = names(page);
    while (page.json['continuationToken'] !== undefined && seen.length < 10) {
      page = list(fixture, { seekOperation: 'next' }, page.json['continuationToken']);
      seen.push(...names(page));
    }
    expect(seen).toEqual(['Company 0', 'Company 1', 'Company 2']);
  });

  test('filters by the start of the domain', () => {
    const filter = JSON.stringify({ field: 'domain', value: 'D2', operator: 'Starts_With' });
    expect(names(list(seedLists(3), { filter }))).toEqual(['Company 2']);
  });

  test.each([
    ['a size that is no number', { size: 'many' }],
    ['a negative size', { size: '-1' }],
    ['a size that is no whole number', { size: '1.5' }],
    ['no token to go on with', { seekOperation: 'Next' }],
    ['a filter that is no JSON', { filter: 'x' }],
    ['an unsupported field', { filter: '{"Field":"Id","Value":"x","Operator":"starts_with"}' }],
    ['an unsupported operator', { filter: '{"Field":"Domain","Value":"x","Operator":"equals"}' }],
  ])('refuses %s', (_what, query) => {
    expect(list(seedLists(1), query).json['code']).toBe('3000');
  });

  test.each([
    [
      'the seek operation that the SDK sends without saying which page',
      { seekOperation: 'PageIndex' },
    ],
    ['an unknown seek operation', { seekOperation: 'Sideways' }],
    ['another size on the way', { seekOperation: 'Next', size: '1' }],
    ['another filter on the way', { seekOperation: 'Next', filter: '{}' }],
  ])('refuses %s', (_what, query) => {
    const fixture = seedLists(3);
    expect(list(fixture, query, tokenOf(list(fixture, {}))).json['code']).toBe('3000');
  });

  test.each([
    'x',
    ...['{}', '{"first":1,"last":1,"size":0}', '{"first":1,"last":1,"size":1.5}'].map(inBase64),
  ])('refuses the token %s, which is none', (token) => {
    expect(list(seedLists(1), { seekOperation: 'Next' }, token).json['code']).toBe('3000');
  });
});

function inBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
