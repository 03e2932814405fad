/** Typed events without the DOM's EventTarget, whose listeners know nothing of their payloads. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>();

  /** Returns the function that takes the listener off again. */
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    let listeners = this.#listeners.get(name);
    if (!listeners) {
      listeners = new Set();
      this.#listeners.set(name, listeners);
    }
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  protected emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    // A copy, so that a listener may take itself off while it is told.
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      (listener as (payload: Events[Name]) => void)(payload);
    }
  }
}
