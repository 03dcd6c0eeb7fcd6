import { ago, el, exactTime, put, titleOf, tokens } from './text.js';

const MOST_ROWS = 500;

/** The table of conversations, newest activity first. Rows are kept and moved, so focus and highlight survive. */
export class ConversationList {
  #body;
  #catalog;
  #rows = new Map();

  constructor(body, catalog, onOpen) {
    this.#body = body;
    this.#catalog = catalog;
    body.addEventListener('click', (event) => {
      const row = event.target.closest('tr');
      if (row && getSelection().isCollapsed) onOpen(row.dataset.id);
    });
  }

  /** Shows what matches the filter; answers how many match and how many are shown. */
  show(filter, openId, changed) {
    const matching = [...this.#catalog.conversations.values()]
      .filter((c) => `${c.title ?? ''}\n${this.#catalog.projectName(c)}`.toLowerCase().includes(filter))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
    const shown = matching.slice(0, MOST_ROWS).map((conversation) => this.#row(conversation, openId));
    this.#place(shown);
    for (const row of shown) {
      if (changed.has(row.dataset.id)) row.animate([{ backgroundColor: 'var(--flash)' }, {}], 1600);
    }
    return { matching: matching.length, shown: shown.length };
  }

  /** Only the ages, which change without any message. */
  tick() {
    for (const row of this.#body.rows) {
      const time = row.cells[5].firstChild;
      put(time, ago(Number(time.dataset.at)), time.title);
    }
  }

  focus(id) {
    this.#rows.get(id)?.querySelector('button').focus();
  }

  #row(conversation, openId) {
    let row = this.#rows.get(conversation.id);
    if (!row) this.#rows.set(conversation.id, (row = emptyRow(conversation.id)));
    const [name, state, messages, model, usage, activity] = row.cells;
    const [button, project] = name.children;
    const { short, long } = tokens(conversation.tokens);
    put(button, titleOf(conversation), titleOf(conversation));
    button.ariaExpanded = String(conversation.id === openId);
    put(project, this.#catalog.projectName(conversation) || 'no project known', conversation.cwd);
    put(state.firstChild, conversation.state ?? 'unknown');
    state.firstChild.dataset.state = conversation.state;
    put(messages, String(conversation.message_count ?? 0), `${conversation.tool_call_count ?? 0} tool calls`);
    put(model, conversation.model?.replace(/^claude-|-\d{8}$/g, '') ?? '–', conversation.model);
    put(usage, short, long);
    const time = activity.firstChild;
    time.dataset.at = conversation.at;
    time.dateTime = conversation.updated_at ?? '';
    put(time, ago(conversation.at), exactTime(conversation.at));
    return row;
  }

  /** Moves only what is out of place, and gives the focus back to a row that lost it by being moved. */
  #place(rows) {
    for (const id of this.#rows.keys()) if (!this.#catalog.conversations.has(id)) this.#rows.delete(id);
    const focused = document.activeElement;
    let next = this.#body.firstChild;
    for (const row of rows) {
      if (row === next) next = next.nextSibling;
      else this.#body.insertBefore(row, next);
    }
    while (next) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
    if (focused !== document.activeElement) focused.focus({ preventScroll: true });
  }
}

function emptyRow(id) {
  const button = el('button', 'title');
  button.type = 'button';
  button.dir = 'auto';
  button.setAttribute('aria-controls', 'panel');
  const row = el('tr', '',
    el('td', 'name', button, el('span', 'project')),
    el('td', '', el('span', 'state')),
    el('td', 'number messages'),
    el('td', 'model'),
    el('td', 'number tokens'),
    el('td', 'number', el('time')));
  row.dataset.id = id;
  return row;
}
