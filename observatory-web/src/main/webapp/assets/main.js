import { Catalog } from './catalog.js';
import { describe } from './light.js';
import { ConversationList } from './list.js';
import { ObservatoryClient } from './observatory-client.js';
import { Panel } from './panel.js';
import { SignIn } from './sign-in.js';
import { clockTime, el, put, setClock } from './text.js';

const STATES = ['working', 'waiting', 'idle', 'ended'];
const NOTHING = 'Nothing seen yet. A conversation appears here as soon as Claude Code writes to a folder that this server'
  + ' watches: usually ~/.claude/projects on the machine it runs on.';
const byId = (id) => document.getElementById(id);
const channelOf = (id) => `conversation:${id}`;

const catalog = new Catalog();
const panel = new Panel();
const list = new ConversationList(byId('rows'), catalog, open);
const changed = new Set();
let light = { state: 'connecting' };
let liveUntil;
let refusal = '';
let drawing = false;

const signIn = new SignIn(byId('sign-in'));
const client = new ObservatoryClient('ws', {
  channels: ['all_conversations', 'project_updates'],
  ticket: () => signIn.ticket(),
});

function onState(next) {
  if (light.state === 'live') liveUntil = Date.now();
  light = next;
  if (light.established) setClock(light.established.server_time);
  byId('light').parentElement.dataset.state = light.state;
  put(byId('light'), describe(light));
  byId('connect').hidden = light.state !== 'lost' && light.state !== 'stopped';
  tick();
}

function onBegin({ epoch }) {
  catalog.begin(epoch);
  panel.begin();
  refusal = '';
}

function onSnapshot(frame) {
  catalog.snapshot(frame);
  if (frame.data.channel === channelOf(panel.openId)) panel.snapshot(frame);
}

function onMessage(frame) {
  const { type, data, pos } = frame;
  if (type === 'project_update') catalog.increment(frame);
  if (type !== 'conversation_update') return;
  if (catalog.increment(frame)) changed.add(data.id);
  if (data.id !== panel.openId) return;
  if (data.change === 'removed') close();
  else if (!catalog.covers(channelOf(data.id), pos)) panel.increment(frame);
}

function onRefused({ channel, message }) {
  if (channel === channelOf(panel.openId)) panel.note(`the server does not grant this: ${message}`);
  else refusal = message;
}

function onProblem({ code, message }) {
  console.error(`${code}: ${message}`);
}

function on(type, listener) {
  client.addEventListener(type, ({ detail }) => {
    listener(detail);
    draw();
  });
}

function open(id) {
  if (panel.openId === id) return;
  if (panel.openId) client.unsubscribe(channelOf(panel.openId));
  panel.show(catalog.conversations.get(id));
  client.subscribe(channelOf(id));
  draw();
}

function close() {
  if (!panel.openId) return;
  const id = panel.openId;
  client.unsubscribe(channelOf(id));
  panel.hide();
  list.focus(id);
  draw();
}

/** Many frames, one drawing: the browser says when. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const filter = byId('filter').value.trim().toLowerCase();
    const figures = list.show(filter, panel.openId, changed);
    changed.clear();
    count();
    put(byId('note'), note(figures));
    byId('rows').parentElement.hidden = figures.shown === 0;
    document.body.classList.toggle('stale', light.state !== 'live');
    const opened = catalog.conversations.get(panel.openId);
    if (opened) panel.update(opened, catalog.projectName(opened));
  });
}

function count() {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  for (const { state } of catalog.conversations.values()) counts[state] = (counts[state] ?? 0) + 1;
  byId('counts').replaceChildren(...Object.entries(counts).map(([state, n]) => {
    const item = el('li', 'state', el('b', '', String(n)), ` ${state}`);
    item.dataset.state = state;
    return item;
  }));
  document.title = counts.waiting ? `(${counts.waiting} waiting) Observatory` : 'Observatory';
}

function note({ matching, shown }) {
  const all = catalog.conversations.size;
  const parts = [];
  if (refusal) parts.push(`The server does not grant everything: ${refusal}.`);
  if (all && light.state !== 'live') parts.push(`Not live: this is what was known at ${clockTime(liveUntil)}.`);
  if (!all) parts.push(catalog.complete && light.state === 'live' ? NOTHING : 'No list yet: the server has not sent one.');
  else if (!matching) parts.push(`None of ${all} conversations matches the filter.`);
  else if (shown < matching) parts.push(`The newest ${shown} of ${matching} are shown; the filter finds the others.`);
  else if (shown < all) parts.push(`${shown} of ${all} match the filter.`);
  if (catalog.omitted) parts.push(`The server has ${catalog.omitted} more, which it did not send.`);
  return parts.join(' ');
}

function tick() {
  list.tick();
  const seconds = Math.ceil((light.retryAt - Date.now()) / 1000);
  put(byId('retry'), seconds > 0 ? `retrying in ${seconds} s` : '');
}

byId('filter').addEventListener('input', draw);
byId('close').addEventListener('click', close);
byId('connect').addEventListener('click', () => client.connect());
addEventListener('keydown', (event) => event.key === 'Escape' && event.target !== byId('filter') && close());
on('state', onState);
on('begin', onBegin);
on('snapshot', onSnapshot);
on('message', onMessage);
on('refused', onRefused);
on('problem', onProblem);
setInterval(tick, 1000);
client.connect();
