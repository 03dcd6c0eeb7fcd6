import { clockTime, el, exactTime, put, titleOf, tokens } from './text.js';

const MOST_RECORDS = 200;
const byId = (id) => document.getElementById(id);

/** The side panel: one conversation and its last records, as they come in. */
export class Panel {
  openId;
  #records = byId('records');
  /** What came since the panel was opened: a snapshot may be older than the last of it. */
  #increments = [];

  show(conversation) {
    this.openId = conversation.id;
    this.#records.replaceChildren();
    this.begin();
    this.note('waiting for the records');
    byId('panel').hidden = false;
    byId('close').focus();
    this.update(conversation, '');
  }

  hide() {
    byId('panel').hidden = true;
    this.openId = undefined;
  }

  /** All states come anew, and their numbers may begin anew with them. */
  begin() {
    this.#increments = [];
  }

  note(text) {
    put(byId('panel-note'), text);
  }

  update(conversation, project) {
    const cost = conversation.cost_usd;
    put(byId('panel-title'), titleOf(conversation), titleOf(conversation));
    put(byId('facts'), [
      conversation.state,
      project,
      conversation.git_branch,
      conversation.model,
      `${conversation.message_count ?? 0} messages`,
      `${conversation.tool_call_count ?? 0} tool calls`,
      conversation.agent_count ? `${conversation.agent_count} sub-agents` : '',
      `${tokens(conversation.tokens).short} tokens`,
      cost === undefined ? 'cost unknown' : `$${Number(cost).toFixed(2)}`,
    ].filter(Boolean).join(' · '), conversation.cwd);
  }

  snapshot({ pos, data: { items, part } }) {
    if (!(part > 1)) this.#records.replaceChildren();
    const later = this.#increments.filter((frame) => frame.pos > pos).map((frame) => frame.data);
    this.#append([...items, ...later].flatMap((item) => item.records ?? []));
    this.note(this.#records.children.length ? '' : 'the server sent no records of this conversation');
    this.#records.scrollTop = this.#records.scrollHeight;
  }

  increment(frame) {
    this.#increments = [...this.#increments.slice(-MOST_RECORDS), frame];
    this.#append(frame.data.records ?? []);
  }

  /** Stays at the end while the reader is there, and leaves the reader alone who has scrolled up. */
  #append(records) {
    if (!records.length) return;
    const list = this.#records;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...records.map(entry));
    while (list.children.length > MOST_RECORDS) list.firstChild.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
    this.note('');
  }
}

function entry({ role, kind, tool, agent_id, at, text, truncated }) {
  const time = el('time', '', clockTime(at));
  time.title = exactTime(at);
  const item = el('li', '',
    el('div', 'head', el('b', '', tool ?? kind ?? 'record'), el('span', '', role ?? '', agent_id ? ` · agent ${agent_id}` : ''), time));
  if (text) item.append(el('div', 'text', text, truncated ? el('i', '', ' … cut') : ''));
  item.dataset.role = role ?? '';
  return item;
}
