/** What is known of conversations and projects. A lower version never replaces a higher one. */
export class Catalog {
  conversations = new Map();
  projects = new Map();
  /** How many conversations the server has besides those that it sent. */
  omitted = 0;
  #epoch;
  #covered = new Map();

  /** A connection begins. Another epoch means another history: what was known before may not exist in it. */
  begin(epoch) {
    if (epoch !== this.#epoch) {
      this.conversations.clear();
      this.projects.clear();
    }
    this.#epoch = epoch;
    this.#covered.clear();
  }

  /** Whether the list of all conversations has come since the connection began. */
  get complete() {
    return this.#covered.has('all_conversations');
  }

  snapshot({ pos, data: { channel, items, omitted = 0 } }) {
    this.#covered.set(channel, pos);
    if (channel === 'all_conversations') this.omitted = omitted;
    const kept = channel.startsWith('project') ? this.projects : this.conversations;
    for (const item of items) this.#keep(kept, item);
  }

  /** Takes an increment; true when it changed what is known. */
  increment({ type, pos, data }) {
    const [kept, view] = type === 'project_update'
      ? [this.projects, 'project_updates']
      : [this.conversations, 'all_conversations'];
    return !this.covers(view, pos) && this.#keep(kept, data);
  }

  /** Whether that channel's snapshot already holds the message with this number. */
  covers(channel, pos) {
    return pos <= (this.#covered.get(channel) ?? -1);
  }

  projectName({ project_id }) {
    return this.projects.get(project_id)?.name ?? '';
  }

  #keep(kept, { records, ...item }) {
    if (item.version < kept.get(item.id)?.version) return false;
    kept.set(item.id, { ...item, at: Date.parse(item.updated_at) || 0 });
    return true;
  }
}
