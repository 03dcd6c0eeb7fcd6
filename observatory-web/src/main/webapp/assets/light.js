const STOPPED = {
  1009: 'a command of this page was too big',
  4500: 'the server does not accept the sign-in',
  4501: 'not allowed to watch',
  4502: 'too many connections: a newer one of the same user took the place of this one',
  4503: 'an operator closed the connection',
  4504: 'the server met too many errors in what this page sent',
};
const LOST = {
  1006: 'it broke off, or was refused',
  1011: 'the server had an internal error',
  4000: 'the server is shutting down',
  4001: 'the sign-in has expired',
  4002: 'this page was too slow to keep up',
  4003: 'the server no longer heard this page',
};

/** The state of the connection in words. */
export function describe({ state, code, reason }) {
  if (state === 'stopped') return `stopped: ${STOPPED[code] ?? reason} (${code})`;
  if (state === 'lost') return `lost: ${LOST[code] ?? (code ? `closed with code ${code}` : reason)}`;
  return state;
}
