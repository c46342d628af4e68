/** What has arrived and waits to be shown. However much comes, it keeps the newest few and counts the rest: a flood costs no more than a trickle. */
export class LiveBuffer {
  private kept: string[] = [];
  private arrived = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** How many wait. */
  get waiting(): number {
    return this.arrived;
  }

  /** Takes an event as the server wrote it; nobody reads it before it is shown. */
  add(text: string): void {
    this.arrived++;
    this.kept.push(text);
    if (this.kept.length > 2 * this.most) this.kept = this.kept.slice(-this.most);
  }

  /** What waits, the oldest first; null when it was too much to keep, and the list has to be asked for anew. */
  take(): string[] | null {
    const taken = this.arrived > this.most ? null : this.kept;
    [this.kept, this.arrived] = [[], 0];
    return taken;
  }
}
