const LONGEST_WAIT_MS = 20_000;
const REFUSED = {
  1009: 'a command of this page was too big',
  4500: 'the server does not accept the sign-in',
  4501: 'not allowed to watch',
  4502: 'too many connections: a newer one of the same user took the place of this one',
  4503: 'an operator closed the connection',
  4504: 'the server met too many errors in what this page sent',
};
const LOST = {
  1006: 'it broke off',
  1011: 'the server had an internal error',
  4000: 'the server is shutting down',
  4001: 'the sign-in has expired',
  4002: 'this page was too slow to keep up',
  4003: 'the server no longer heard this page',
};

/** The WebSocket to the server: comes back by itself, notices silence, and checks that no message is missing. */
export class Connection {
  #url;
  #channels;
  #listeners;
  #socket;
  #open = false;
  #failures = 0;
  #returnAfterMs;
  #heartbeat = { interval_ms: 20_000, timeout_ms: 10_000 };
  #heardAt = 0;
  #timers = { beat: 0, silence: 0, retry: 0, again: 0 };
  #lastSeq = new Map();

  /** `onLight({state, words, retryAt})` when the connection changes, `onFrame(frame)` for what the server sends. */
  constructor(url, channels, listeners) {
    this.#url = url;
    this.#channels = new Set(channels);
    this.#listeners = listeners;
    addEventListener('online', () => (this.#open ? this.#ping() : this.#timers.retry && this.connect()));
  }

  connect() {
    this.#abandon();
    this.#listeners.onLight({ state: 'connecting', words: 'connecting' });
    const url = new URL(this.#url);
    url.searchParams.set('channels', [...this.#channels]);
    const socket = new WebSocket(url, ['observatory.v1']);
    this.#socket = socket;
    socket.onmessage = ({ data }) => socket === this.#socket && this.#read(data);
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#closed(code, reason);
    this.#expectLife();
  }

  subscribe(channel) {
    this.#channels.add(channel);
    this.#send('subscribe', { channels: [channel] });
  }

  unsubscribe(channel) {
    this.#channels.delete(channel);
    this.#send('unsubscribe', { channels: [channel] });
  }

  #send(type, data) {
    if (this.#open) this.#socket.send(JSON.stringify({ type, data }));
  }

  #read(data) {
    this.#heardAt = performance.now();
    for (const line of data.split('\n')) {
      if (!line) continue;
      try {
        const frame = JSON.parse(line);
        if (this.#follow(frame)) this.#listeners.onFrame(frame);
      } catch (failure) {
        console.error('a frame could not be taken', failure);
      }
    }
  }

  /** What a frame means for the connection itself; false for a message that was already here. */
  #follow({ type, data, channel, seq }) {
    if (type === 'connection_established') this.#established(data);
    else if (type === 'pong') this.#failures = 0;
    else if (type === 'draining') this.#returnAfterMs = data.retry_after_ms;
    else if (type === 'error') console.error('the server answers', data);
    else if (type === 'snapshot') this.#numberAnew(data.channel);
    else if (type === 'gap') this.#gap(data);
    else if (seq) return this.#count(channel, seq);
    return true;
  }

  #established({ heartbeat }) {
    this.#open = true;
    this.#heartbeat = heartbeat ?? this.#heartbeat;
    clearTimeout(this.#timers.silence);
    this.#timers.beat = setInterval(() => this.#ping(), this.#heartbeat.interval_ms);
    this.#listeners.onLight({ state: 'live', words: 'live' });
  }

  /** A browser does not see the server's pings, so it asks by itself whether anybody is there. */
  #ping() {
    this.#send('ping', {});
    this.#expectLife(this.#heartbeat.timeout_ms);
  }

  /** Measured from the question, not from the last frame: a hidden tab's timers may run a minute late. */
  #expectLife(withinMs = this.#heartbeat.interval_ms + this.#heartbeat.timeout_ms) {
    const asked = performance.now();
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => {
      if (this.#heardAt < asked) this.#lost('the server is silent');
    }, withinMs);
  }

  #count(channel, seq) {
    const last = this.#lastSeq.get(channel) ?? seq - 1;
    if (seq <= last) return false;
    this.#lastSeq.set(channel, seq);
    if (seq > last + 1) {
      console.error(`hole without notice in ${channel}: ${seq} after ${last}`);
      this.#askAgain();
    }
    return true;
  }

  /** A snapshot covers what went before it, so counting starts again in the channels that it stands for. */
  #numberAnew(view) {
    const prefix = { all_conversations: 'conversation:', project_updates: 'project:' }[view] ?? view;
    for (const channel of this.#lastSeq.keys()) if (channel.startsWith(prefix)) this.#lastSeq.delete(channel);
  }

  #gap({ channel, to_seq, reason }) {
    this.#lastSeq.set(channel, to_seq);
    if (reason !== 'conflated') this.#askAgain();
  }

  /** Fresh snapshots of everything, at most every 3 s. */
  #askAgain() {
    this.#timers.again ||= setTimeout(() => {
      this.#timers.again = 0;
      this.#send('subscribe', { channels: [...this.#channels] });
    }, 3_000);
  }

  #closed(code, reason) {
    if (code === 1009 || (code >= 4500 && code <= 4999)) {
      this.#abandon();
      this.#listeners.onLight({ state: 'refused', words: `refused: ${REFUSED[code] ?? reason} (${code})` });
      return;
    }
    this.#returnAfterMs ??= Number(/retry_after_ms=(\d+)/.exec(reason)?.[1] ?? NaN);
    this.#lost(this.#open || code !== 1006 ? (LOST[code] ?? `closed with code ${code}`) : 'no answer, or it was refused');
  }

  #lost(why) {
    const told = this.#returnAfterMs;
    this.#abandon();
    const waitMs = told >= 0 ? told : Math.random() * Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#failures);
    this.#failures++;
    this.#timers.retry = setTimeout(() => this.connect(), waitMs);
    this.#listeners.onLight({ state: 'lost', words: `lost: ${why}`, retryAt: Date.now() + waitMs });
  }

  /** Forgets the socket without waiting for its closing handshake: a dead network would never answer it. */
  #abandon() {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    this.#returnAfterMs = undefined;
    this.#lastSeq.clear();
    for (const name of Object.keys(this.#timers)) {
      clearTimeout(this.#timers[name]);
      this.#timers[name] = 0;
    }
    socket?.close();
  }
}
