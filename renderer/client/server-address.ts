const STORED_TOKEN = 'streakline-token';

/** Where the page came from, and the token of its address. The token is moved out of the address line at the first call, into this tab's memory. */
export function serverAddress(): { base: string; token: string } {
  const address = new URL(location.href);
  const given = address.searchParams.get('token');
  if (given !== null) {
    sessionStorage.setItem(STORED_TOKEN, given);
    address.searchParams.delete('token');
    history.replaceState(null, '', address);
  }
  return { base: new URL('.', address).href.replace(/[?#].*$/, '').replace(/\/$/, ''), token: sessionStorage.getItem(STORED_TOKEN) ?? '' };
}
