import { put } from './text.js';

const KEY = 'observatory-token';
const PATIENCE_MS = 10_000;
/** Nothing else can be sent, and a request that cannot be made says nothing to the user. */
const TOKEN = /^[\x21-\x7e]+$/;

/** Gets tickets to connect with, and asks the user for a token where the server wants one. This tab alone keeps it. */
export class SignIn {
  #form;
  /** @type {Promise<void> | undefined} while the user is asked */
  #asked;

  /** @param {HTMLFormElement} form with an input for the token and a place for a note */
  constructor(form) {
    this.#form = form;
  }

  /** @returns {Promise<string>} once the server has given one; rejected when it gives none to anybody now */
  async ticket() {
    for (;;) {
      const token = sessionStorage.getItem(KEY);
      if (token && !TOKEN.test(token)) {
        await this.#askOnce('a token has no such characters');
        continue;
      }
      const response = await fetch('api/tickets', {
        method: 'POST',
        headers: token ? { Authorization: `Bearer ${token}` } : {},
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) return answer.ticket;
      const reason = answer.detail ?? `status ${response.status}`;
      if (response.status !== 401 && response.status !== 403) throw new Error(reason);
      await this.#askOnce(reason);
    }
  }

  /** Whoever is being asked already is not asked anew. */
  #askOnce(reason) {
    return (this.#asked ??= this.#ask(reason));
  }

  /** @returns {Promise<void>} when the user has given another token */
  #ask(reason) {
    const [input, note] = [this.#form.querySelector('input'), this.#form.querySelector('p')];
    put(note, reason);
    input.value = '';
    this.#form.hidden = false;
    input.focus();
    return new Promise((resolve) => {
      this.#form.onsubmit = (event) => {
        event.preventDefault();
        sessionStorage.setItem(KEY, input.value.trim());
        this.#form.hidden = true;
        this.#asked = undefined;
        resolve();
      };
    });
  }
}
