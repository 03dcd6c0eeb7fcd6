/** What is known of conversations and projects. A lower version never replaces a higher one. */
export class Catalog {
  conversations = new Map();
  projects = new Map();
  /** How many conversations the server has besides those that it sent. */
  omitted = 0;
  #epoch;
  #covered = new Map();
  /** What the parts of the snapshot of all conversations that came so far have in them. */
  #listed = new Set();

  /** All states come anew. Another epoch means another history: what was known before may not exist in it. */
  begin(epoch) {
    if (epoch !== this.#epoch) {
      this.conversations.clear();
      this.projects.clear();
    }
    this.#epoch = epoch;
    this.#covered.clear();
  }

  /** Whether the list of all conversations has come since then. */
  get complete() {
    return this.#covered.has('all_conversations');
  }

  snapshot({ pos, data: { channel, items, part, parts, omitted = 0 } }) {
    // one that was removed meanwhile may have begun anew, with lower versions
    if (channel === 'all_conversations' && !this.complete) this.conversations.clear();
    this.#covered.set(channel, pos);
    const kept = channel.startsWith('project') ? this.projects : this.conversations;
    for (const item of items) this.#keep(kept, item);
    if (channel !== 'all_conversations') return;
    this.omitted = omitted;
    this.#listed = new Set([...(part > 1 ? this.#listed : []), ...items.map(({ id }) => id)]);
    if (part < parts || omitted) return;
    for (const id of kept.keys()) if (!this.#listed.has(id)) kept.delete(id); // removed while nobody listened
  }

  /** Takes an increment; true when it changed what is known. */
  increment({ type, pos, data }) {
    const [kept, view] = type === 'project_update'
      ? [this.projects, 'project_updates']
      : [this.conversations, 'all_conversations'];
    if (this.covers(view, pos)) return false;
    return data.change === 'removed' ? kept.delete(data.id) : this.#keep(kept, data);
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
