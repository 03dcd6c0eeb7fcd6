import { Catalog } from './catalog.js';
import { Connection } from './connection.js';
import { ConversationList } from './list.js';
import { Panel } from './panel.js';
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

const endpoint = new URL('ws', location.href);
endpoint.protocol = endpoint.protocol.replace('http', 'ws');
endpoint.hash = endpoint.search = '';
const connection = new Connection(endpoint, ['all_conversations', 'project_updates'], { onLight, onFrame });

function onLight(next) {
  if (light.state === 'live') liveUntil = Date.now();
  light = next;
  byId('light').parentElement.dataset.state = light.state;
  put(byId('light'), light.words);
  byId('connect').hidden = light.state !== 'lost' && light.state !== 'refused';
  tick();
  draw();
}

function onFrame(frame) {
  const { type, data } = frame;
  if (type === 'connection_established') {
    setClock(data.server_time);
    catalog.begin(data.epoch);
    panel.begin();
    refusal = data.refused?.[0]?.message ?? '';
  } else if (type === 'snapshot') {
    catalog.snapshot(frame);
    if (data.channel === channelOf(panel.openId)) panel.snapshot(frame);
  } else if (type === 'conversation_update') {
    if (catalog.increment(frame)) changed.add(data.id);
    if (data.id === panel.openId && data.change === 'removed') close();
    else if (data.id === panel.openId && !catalog.covers(channelOf(data.id), frame.pos)) panel.increment(frame);
  } else if (type === 'project_update') {
    catalog.increment(frame);
  } else if (type === 'subscribed' && data.refused?.length) {
    panel.note(`the server does not grant this: ${data.refused[0].message}`);
  }
  draw();
}

function open(id) {
  if (panel.openId === id) return;
  if (panel.openId) connection.unsubscribe(channelOf(panel.openId));
  panel.show(catalog.conversations.get(id));
  connection.subscribe(channelOf(id));
  draw();
}

function close() {
  if (!panel.openId) return;
  const id = panel.openId;
  connection.unsubscribe(channelOf(id));
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
byId('connect').addEventListener('click', () => connection.connect());
addEventListener('keydown', (event) => event.key === 'Escape' && event.target !== byId('filter') && close());
setInterval(tick, 1000);
connection.connect();
