/**
 * A client of Observatory's protocol, version 1, for browsers: it comes back by itself, and what the page is given is
 * complete, in order and without repeats, or the page is told that it is not. One file that needs no other.
 *
 * See docs/reference/browser-client.md, and docs/reference/protocol.md for what the frames hold.
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
const REFRESH_MS = 3_000;
const MAX_CHANNELS = 1_000;
const MAX_NUMBERED = 10_000;
const MAX_QUESTIONS = 100;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A frame as the server sent it.
 * @typedef {object} Frame
 * @property {string} type
 * @property {string} timestamp RFC 3339
 * @property {any} data
 * @property {string} [channel] of a message: its home channel
 * @property {number} [seq] of a message: its number there
 * @property {number} [pos] of a message or a snapshot: its number over all channels
 * @property {'high' | 'low'} [priority] of a message, unless it is normal
 * @property {true} [replay] of a message that is sent of the past
 */

/**
 * @typedef {object} Options
 * @property {Iterable<string>} [channels] what is subscribed to from the beginning
 * @property {() => string | Promise<string>} [token] asked at every connect, and when the server says that a token
 *   expires soon
 * @property {() => string | Promise<string>} [ticket] asked at every connect, and sent in place of a token
 * @property {number} [rate] messages a second at most
 */

/**
 * The detail of `state`: `connecting`; `live`; `lost`, which ends by itself; `stopped` by the server, which does not;
 * `closed` by the page.
 * @typedef {object} State
 * @property {'connecting' | 'live' | 'lost' | 'stopped' | 'closed'} state
 * @property {any} [established] when live: what the server says of the connection
 * @property {number} [code] when lost or stopped: the close code, if it was closed
 * @property {string} [reason] the same in words
 * @property {number} [retryAt] when lost: when it connects again, milliseconds since 1970
 */

/**
 * The connection to a server, one socket after the other. Each event is a `CustomEvent`:
 *
 * | event | detail |
 * |---|---|
 * | `state` | {@link State} |
 * | `begin` | `{epoch, reason, missed}`: all that was given before is void, snapshots follow. At the first connection, and when what was missed cannot be given; the reason is `first`, `epoch`, `snapshot`, `gap` or `unfinished` |
 * | `snapshot` | {@link Frame}, of each channel and each part |
 * | `message` | {@link Frame}, each one once, those of a channel by their `seq`; a state whose `pos` is not above that of the channel's snapshot is in it already |
 * | `gap` | `{channel, from_seq, to_seq, count, reason}`: messages that will not come; a snapshot follows unless a newer state does (`conflated`) |
 * | `refused` | `{channel, code, message}`: a channel that the server does not grant |
 * | `problem` | `{code, message}`: an error that the server answered, or `hole`: messages are missing of which nobody told; a snapshot follows |
 */
export class ObservatoryClient extends EventTarget {
  #url;
  #token;
  #ticket;
  #closing = new AbortController();
  /** @type {WebSocket | undefined} */
  #socket;
  /** The attempt to connect that counts: older ones may still wait for their token. */
  #attempt;
  #open = false;
  #heartbeat = { interval_ms: 20_000, timeout_ms: 10_000 };
  #unreadBytes = 0;
  #failures = 0;
  #retryAfterMs;
  #retryAt = 0;
  #timers = { retry: 0, beat: 0, silence: 0, refresh: 0 };
  #questions = new Map();
  #lastId = 0;

  #epoch;
  /** The highest `pos` that was given for each priority; undefined while states are still to come. */
  #cursor;
  /** Where the cursor begins once they have come. */
  #start = 0;
  /** Whether a `resume` has no answer yet. Whatever is asked for besides could come before what was missed. */
  #resuming = false;
  /** What came before that answer, because the server had begun without it, and waits for what was missed. */
  #early = [];
  /** How many of the messages that come next were missed and asked for by `resume`. */
  #replays = 0;
  /**
   * Of each channel `asked`; `shown` when its snapshot has come, but maybe not what was kept for those who come later;
   * `held`; or `stale` when something was left out since its snapshot.
   * @type {Map<string, 'asked' | 'shown' | 'held' | 'stale'>}
   */
  #channels = new Map();
  /**
   * What is given back: the id of the command by which it was, 0 while none was sent. Until the server confirms it.
   * @type {Map<string, number>}
   */
  #left = new Map();
  /** What is asked for by the next command. */
  #wanted = new Set();
  /** How many times in a row the server could not carry out what was asked for. */
  #repeats = 0;
  /** Whether the next commands are about to be sent. */
  #asking = false;
  /**
   * Of each home channel the last number given, and up to which number nothing need come.
   * @type {Map<string, {seq: number, excused: number}>}
   */
  #numbers = new Map();

  /**
   * @param {string | URL} url of the endpoint, such as `/ws`
   * @param {Options} [options]
   */
  constructor(url, { channels = [], token, ticket, rate } = {}) {
    super();
    this.#url = new URL(url, globalThis.location?.href);
    this.#url.protocol = this.#url.protocol.replace('http', 'ws');
    this.#url.hash = '';
    this.#url.searchParams.set('channels', ''); // they are asked for by commands, an address would be too short
    if (rate) this.#url.searchParams.set('rate', String(rate));
    this.#token = token;
    this.#ticket = ticket;
    this.subscribe(...channels);
    const on = (target, type, listener) => target?.addEventListener(type, listener, { signal: this.#closing.signal });
    on(globalThis, 'online', () => this.#online());
    on(globalThis.document, 'visibilitychange', () => this.#visible());
    // browsers keep pages that are left, for those who go back to them: that is no reason to hold a connection
    on(globalThis, 'pagehide', () => this.#socket && this.#lost({ reason: 'the page was left' }));
    on(globalThis, 'pageshow', () => this.#hurry());
  }

  /** Connects, at once and anew if need be. Afterwards it comes back by itself until it is `stopped` or `closed`. */
  async connect() {
    if (this.#closing.signal.aborted) throw new Error('this client was closed');
    this.#abandon();
    const attempt = {};
    this.#attempt = attempt;
    this.#tell('state', { state: 'connecting' });
    try {
      const [token, ticket] = await Promise.all([this.#token?.(), this.#ticket?.()]); // a user may have to be asked
      if (attempt === this.#attempt) this.#dial(token, ticket);
    } catch (failure) {
      if (attempt === this.#attempt) this.#lost({ reason: `cannot connect: ${words(failure)}` });
    }
  }

  /** Ends the connection for good. */
  close() {
    this.#closing.abort();
    this.#abandon();
    this.#tell('state', { state: 'closed' });
  }

  /**
   * Subscribes; of channels that are held already the snapshots come again.
   * @param {...string} channels
   */
  subscribe(...channels) {
    if (new Set([...this.#channels.keys(), ...channels]).size > MAX_CHANNELS) {
      throw new RangeError(`more than ${MAX_CHANNELS} channels`);
    }
    for (const name of channels) {
      this.#channels.set(name, this.#channels.get(name) === 'held' ? 'stale' : 'asked');
      this.#left.delete(name);
    }
    this.#ask(channels);
  }

  /** @param {...string} channels */
  unsubscribe(...channels) {
    for (const name of channels) if (this.#channels.delete(name) && this.#open) this.#left.set(name, 0);
    this.#ask([]);
  }

  /**
   * Older messages of a home channel.
   * @param {string} channel
   * @param {number} [afterSeq] the number behind which they begin
   * @param {number} [limit] how many at most, up to 1000
   * @returns {Promise<{channel: string, messages: Frame[], complete: boolean}>} rejected when the server refuses, and
   *   when the connection is not there or breaks
   */
  history(channel, afterSeq = 0, limit = 1000) {
    return new Promise((resolve, reject) => {
      if (!this.#open) throw new Error('not connected');
      if (this.#questions.size >= MAX_QUESTIONS) throw new Error('too many questions wait for their answers');
      const id = ++this.#lastId;
      this.#questions.set(id, { resolve, reject });
      this.#send('history', { channel, after_seq: afterSeq, limit }, id);
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #send(type, data, id) {
    // one that the server is closing takes nothing any more; all is asked for again by the connection after it
    if (this.#open && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type, id, data }));
  }

  /** Asks for them together with all else that the page does at the time: who sends too many commands is closed. */
  #ask(channels) {
    for (const name of channels) this.#wanted.add(name);
    if (this.#asking) return;
    this.#asking = true;
    queueMicrotask(() => {
      this.#asking = false;
      this.#unsubscribe();
      this.#subscribe();
    });
  }

  #unsubscribe() {
    const channels = [...this.#left].filter(([, id]) => id === 0).map(([name]) => name);
    if (!channels.length) return;
    const id = ++this.#lastId;
    for (const name of channels) this.#left.set(name, id);
    this.#send('unsubscribe', { channels }, id);
  }

  #subscribe() {
    const channels = [...this.#wanted].filter((name) => this.#channels.has(name));
    this.#wanted.clear();
    if (channels.length && !this.#resuming) this.#send('subscribe', { channels });
  }

  #dial(token, ticket) {
    this.#expectLife(this.#heartbeat.interval_ms + this.#heartbeat.timeout_ms);
    const url = new URL(this.#url);
    if (ticket) url.searchParams.set('ticket', ticket);
    if (this.#cursor) url.searchParams.set('resume', '1');
    const protocols = canInflate() ? ['observatory.v1.deflate', 'observatory.v1'] : ['observatory.v1'];
    if (token) protocols.push(`bearer.${token}`);
    const socket = new WebSocket(url, protocols);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#unreadBytes = 0;
    // to inflate takes its time: whatever comes meanwhile, the close too, keeps its place behind
    let previous = Promise.resolve();
    const inTurn = (step) => {
      previous = previous
        .then(() => (socket === this.#socket ? step() : undefined))
        .catch((failure) => socket === this.#socket && this.#lost({ reason: `a frame cannot be read: ${failure.message}` }));
    };
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      const bytes = data.byteLength ?? data.length;
      this.#heard();
      this.#unreadBytes += bytes;
      if (this.#unreadBytes > MAX_BYTES) this.#lost({ reason: 'this page is too slow to keep up' });
      else inTurn(() => this.#read(socket, data, bytes));
    };
    socket.onclose = ({ code, reason }) => inTurn(() => this.#closed(code, reason));
  }

  async #read(socket, data, bytes) {
    const text = typeof data === 'string' ? data : await inflate(data);
    for (const line of text.split('\n')) if (line && socket === this.#socket) this.#take(JSON.parse(line));
    if (socket === this.#socket) this.#unreadBytes -= bytes;
  }

  /** @param {Frame} frame */
  #take(frame) {
    const { type, data } = frame;
    if (this.#resuming && (frame.seq || type === 'gap')) this.#early.push(frame);
    else if (frame.seq) this.#message(frame); // before all else: who broadcasts chooses the type
    else if (type === 'connection_established') this.#established(data);
    else if (type === 'snapshot') this.#snapshot(frame);
    else if (type === 'resumed') this.#resumed(data);
    else if (type === 'subscribed') this.#refused(data.refused);
    else if (type === 'unsubscribed') this.#unsubscribed(frame);
    else if (type === 'gap') this.#gap(data);
    else if (type === 'pong') this.#pong();
    else if (type === 'history') this.#answer(frame)?.resolve(data);
    else if (type === 'error') this.#error(frame);
    else if (type === 'token_expiring') this.#renew();
    else if (type === 'draining') this.#retryAfterMs = data.retry_after_ms;
  }

  #established(data) {
    this.#open = true;
    this.#heartbeat = data.heartbeat ?? this.#heartbeat;
    this.#timers.beat = setInterval(() => this.#ping(), this.#heartbeat.interval_ms);
    this.#start = data.pos;
    const known = this.#names('held', 'stale');
    const resumes = this.#cursor && data.epoch === this.#epoch && known.length > 0;
    // before the page hears of the connection: behind another command it would come too late
    if (resumes) this.#resume(known);
    this.#tell('state', { state: 'live', established: data });
    if (resumes) return;
    const reason = this.#epoch === undefined ? 'first' : data.epoch === this.#epoch ? 'unfinished' : 'epoch';
    this.#begin({ epoch: data.epoch, reason });
    this.#ask(this.#names('asked'));
  }

  #resume(channels) {
    this.#resuming = true;
    this.#send('resume', { epoch: this.#epoch, cursor: this.#cursor, channels }, 'resume');
  }

  #begin(why) {
    this.#epoch = why.epoch;
    this.#cursor = undefined;
    this.#replays = 0;
    this.#numbers.clear();
    for (const name of this.#channels.keys()) this.#channels.set(name, 'asked');
    this.#tell('begin', why);
    this.#giveEarly();
  }

  #resumed({ outcome, epoch, replayed, missed, refused }) {
    this.#resuming = false;
    this.#refused(refused);
    const lacking = this.#names('asked');
    if (outcome === 'complete') {
      this.#early = this.#early.filter(({ replay }) => !replay); // those are among what follows
      this.#replays = replayed;
      this.#giveEarly();
      this.#ask([...lacking, ...this.#names('stale')]);
    } else {
      this.#begin({ epoch, reason: outcome, missed });
      this.#ask(lacking); // of what was named in the resume the server sends the snapshots by itself
    }
  }

  /** Goes on with what came before its turn, once what was missed has come. */
  #giveEarly() {
    while (this.#early.length && !this.#replays) this.#take(this.#early.shift());
  }

  #message(frame) {
    const missed = frame.replay && this.#replays > 0;
    if (missed) this.#replays--;
    // what was kept for those who come later is sent besides: neither without holes, nor everything up to its pos
    this.#give(frame, !frame.replay || missed);
    if (missed) this.#giveEarly();
  }

  #give(frame, inTurn) {
    const { channel, seq, pos, priority = 'normal' } = frame;
    if (seq <= this.#numbers.get(channel)?.seq) return;
    if (inTurn) {
      this.#checkHole(channel, seq);
      if (this.#cursor) this.#cursor[priority] = Math.max(this.#cursor[priority], pos);
    }
    this.#number(channel, seq, inTurn ? seq : Infinity);
    this.#tell('message', frame);
  }

  #checkHole(channel, seq) {
    const last = this.#numbers.get(channel);
    if (!last || seq <= Math.max(last.seq, last.excused) + 1) return;
    this.#stale(channel);
    this.#tell('problem', { code: 'hole', message: `hole without notice in ${channel}: ${seq} after ${last.seq}` });
  }

  /** Forgets the channel that has been silent for longest when there are too many. */
  #number(channel, seq, excused) {
    this.#numbers.delete(channel);
    this.#numbers.set(channel, { seq, excused });
    if (this.#numbers.size > MAX_NUMBERED) this.#numbers.delete(this.#numbers.keys().next().value);
  }

  #gap(gap) {
    const { channel, from_seq, to_seq, reason } = gap;
    this.#checkHole(channel, from_seq);
    const { seq, excused } = this.#numbers.get(channel) ?? { seq: from_seq - 1, excused: 0 };
    this.#number(channel, seq, Math.max(excused, to_seq));
    if (reason !== 'conflated') this.#stale(channel);
    this.#tell('gap', gap);
  }

  /** Most often the server sends new snapshots by itself; if not, or if the connection breaks before, they are asked for. */
  #stale(home) {
    for (const name of this.#names('held')) if (covers(name, home)) this.#channels.set(name, 'stale');
    this.#refresh(REFRESH_MS);
  }

  #refresh(afterMs) {
    this.#timers.refresh ||= setTimeout(() => {
      this.#timers.refresh = 0;
      for (const name of this.#left.keys()) this.#left.set(name, 0);
      this.#ask(this.#names('asked', 'stale'));
    }, afterMs);
  }

  #snapshot(frame) {
    const { channel, part, parts } = frame.data;
    this.#start = Math.min(this.#start, frame.pos);
    if (part === parts) {
      const before = this.#channels.get(channel);
      if (before === 'asked') this.#channels.set(channel, 'shown');
      if (before === 'stale') this.#channels.set(channel, 'held');
      // it may have been without the channel for a while
      for (const [home, last] of this.#numbers) if (covers(channel, home)) last.excused = Infinity;
      if (before === 'asked' && !this.#names('asked').length) this.#ping();
    }
    this.#tell('snapshot', frame);
  }

  /** What was kept comes right behind the snapshots, so before the answer to a ping that was sent after them. */
  #pong() {
    this.#failures = 0;
    if (!this.#left.size && !this.#names('asked', 'stale').length) this.#repeats = 0;
    for (const name of this.#names('shown')) this.#channels.set(name, 'held');
    if (!this.#names('asked').length) this.#cursor ??= { high: this.#start, normal: this.#start, low: this.#start };
  }

  #unsubscribed({ reply_to, data }) {
    for (const [name, id] of this.#left) if (id === reply_to) this.#left.delete(name);
    this.#refused(data.refused);
  }

  #refused(refused = []) {
    for (const refusal of refused) {
      this.#channels.delete(refusal.channel);
      this.#tell('refused', refusal);
    }
  }

  #error(frame) {
    const { code, message, action } = frame.data;
    const failure = Object.assign(new Error(message), { code });
    const question = this.#answer(frame);
    if (question) {
      question.reject(failure);
      return;
    }
    if (frame.reply_to === 'resume') {
      this.#resuming = false;
      this.#begin({ epoch: this.#epoch, reason: 'unfinished' });
      this.#ask(this.#names('asked'));
    } else if (action === 'retry') {
      this.#refresh(jitter(this.#repeats++));
    }
    // it was not read, so nobody knows whose answer this is: none of them may wait for ever
    if (code === 'rate_limited' && frame.reply_to === undefined) this.#rejectAll(failure);
    this.#tell('problem', frame.data);
  }

  #rejectAll(failure) {
    for (const { reject } of this.#questions.values()) reject(failure);
    this.#questions.clear();
  }

  #answer({ reply_to: id }) {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    return question;
  }

  async #renew() {
    const socket = this.#socket;
    try {
      const token = await this.#token?.();
      if (token && socket === this.#socket) this.#send('authenticate', { token }, 'authenticate');
    } catch (failure) {
      this.#tell('problem', { code: 'token', message: `there is no new token: ${words(failure)}` });
    }
  }

  #names(...states) {
    return [...this.#channels].filter(([, state]) => states.includes(state)).map(([name]) => name);
  }

  /** A page does not see the server's pings, so it asks by itself whether anybody is there. */
  #ping() {
    this.#send('ping', {});
    this.#expectLife(this.#heartbeat.timeout_ms);
  }

  /** Measured from the first question without an answer, not from the last frame: a hidden page's timers are late. */
  #expectLife(withinMs) {
    this.#timers.silence ||= setTimeout(() => this.#lost({ reason: 'the server is silent' }), withinMs);
  }

  #heard() {
    clearTimeout(this.#timers.silence);
    this.#timers.silence = 0;
  }

  /** An attempt that began without a network may hang for long; a user who is being asked for a token is left alone. */
  #online() {
    if (this.#socket && !this.#open) this.connect();
    else this.#hurry();
  }

  #hurry() {
    if (this.#open) this.#ping();
    else if (this.#timers.retry) this.connect();
  }

  /** A hidden page's timers are late; those that are due need not be waited for. */
  #visible() {
    if (document.visibilityState === 'visible' && (this.#open || Date.now() >= this.#retryAt)) this.#hurry();
  }

  #closed(code, reason) {
    if (code === 1009 || (code >= 4500 && code <= 4999)) {
      this.#abandon();
      this.#tell('state', { state: 'stopped', code, reason });
    } else {
      const told = /retry_after_ms=(\d+)/.exec(reason);
      if (told) this.#retryAfterMs = Number(told[1]);
      this.#lost({ code, reason });
    }
  }

  #lost(why) {
    const waitMs = this.#retryAfterMs ?? jitter(this.#failures);
    this.#failures++;
    this.#abandon();
    this.#retryAt = Date.now() + waitMs;
    this.#timers.retry = setTimeout(() => this.connect(), waitMs);
    this.#tell('state', { state: 'lost', ...why, retryAt: this.#retryAt });
  }

  /** Forgets the socket without waiting for its closing handshake: a dead network would never answer it. */
  #abandon() {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#attempt = undefined;
    this.#open = false;
    this.#retryAfterMs = undefined;
    this.#resuming = false;
    this.#early = [];
    this.#replays = 0;
    for (const name of Object.keys(this.#timers)) {
      clearTimeout(this.#timers[name]);
      this.#timers[name] = 0;
    }
    for (const name of this.#names('shown')) this.#channels.set(name, 'asked');
    this.#rejectAll(new Error('the connection is gone'));
    this.#repeats = 0;
    this.#left.clear();
    socket?.close();
  }
}

/** Whether what is subscribed to brings the messages of a home channel. */
function covers(subscription, home) {
  return subscription === home
    || (home.startsWith('conversation:') && /^all_conversations$|^project:.*:conversations$/.test(subscription))
    || (home.startsWith('project:') && subscription === 'project_updates')
    || (home === 'all_conversations' && subscription.startsWith('conversation:'));
}

/** How long to wait after so many failures: at random, so that not all clients of a server come at once. */
function jitter(failures) {
  return Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
}

/** A page may fail with anything, or with nothing. */
function words(failure) {
  return failure?.message ?? String(failure);
}

function canInflate() {
  try {
    return Boolean(new DecompressionStream('deflate-raw'));
  } catch {
    return false;
  }
}

/** @param {ArrayBuffer} deflated a text in UTF-8, as raw DEFLATE (RFC 1951) */
async function inflate(deflated) {
  const reader = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    text += decoder.decode(value, { stream: true });
    if (text.length > MAX_BYTES) throw new Error('it is too large');
  }
  return text + decoder.decode();
}
