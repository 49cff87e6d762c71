/** Sentences about what an output cannot hold, each once, in the order in which they turned up. */
export class Losses {
  readonly #sentences = new Set<string>();

  add(sentence: string): void {
    this.#sentences.add(sentence);
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}
