// The part of the address after #, as names and values: people&label=technocrat:true&q=li

export const address = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

export function href(values: Record<string, string>): string {
  return '#' + Object.entries(values).map(
      ([name, value]) => name + (value ? '=' + encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':') : '')).join('&');
}
