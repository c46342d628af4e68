const [row, head, most] = [33, 40, 18];

/** Of a table with so many rows. */
export const listHeight = (rows: number): number => (rows === 0 ? 260 : Math.min(most, Math.max(3, rows)) * row + head);
