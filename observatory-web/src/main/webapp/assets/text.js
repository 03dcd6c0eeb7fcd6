const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en');
let clockOffset = 0;

/** Takes the server's clock as the measure: this machine's may be wrong. */
export function setClock(serverTime) {
  clockOffset = (Date.parse(serverTime) || Date.now()) - Date.now();
}

/** An element with text or children. Text only ever becomes a text node, so hostile titles stay text. */
export function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Sets text and tooltip where they differ. */
export function put(node, text, title = '') {
  if (node.textContent !== text) node.textContent = text;
  if (node.title !== title) node.title = title;
}

export function ago(at) {
  if (!at) return 'time unknown';
  const s = Math.floor((Date.now() + clockOffset - at) / 1000);
  if (s < 1) return 'now';
  if (s < 60) return `${s} s ago`;
  if (s < 3600) return `${Math.floor(s / 60)} min ago`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ago`;
  return `${Math.floor(s / 86_400)} d ago`;
}

export const exactTime = (at) => (at ? new Date(at).toLocaleString('sv', { timeZoneName: 'short' }) : '');
export const clockTime = (at) => (at ? new Date(at).toLocaleTimeString('sv') : '');
export const titleOf = (conversation) => conversation.title || `untitled ${conversation.id.slice(0, 8)}`;

/** Cache traffic is input too, and mostly the bulk of it; the tooltip tells it apart. */
export function tokens({ input = 0, output = 0, cache_creation = 0, cache_read = 0 } = {}) {
  return {
    short: `${compact.format(input + cache_creation + cache_read)} / ${compact.format(output)}`,
    long: `input ${whole.format(input)}, cache written ${whole.format(cache_creation)}, `
      + `cache read ${whole.format(cache_read)}, output ${whole.format(output)}`,
  };
}
