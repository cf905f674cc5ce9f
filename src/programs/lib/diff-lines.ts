// Which lines differ, as GNU diff finds them: a divide-and-conquer search (Myers), then runs of changes moved together.

/** A run of lines of the first file that a run of lines of the second replaces; either may be empty. Lines count from 0. */
export interface Change {
  readonly from: number;
  readonly removed: number;
  readonly to: number;
  readonly added: number;
}

/** @param a,b lines as numbers: equal numbers are equal lines */
export function diffLines(a: readonly number[], b: readonly number[]): Change[] {
  // One place in front and one behind, so that loops need not look for the ends.
  const changedA = new Uint8Array(a.length + 2);
  const changedB = new Uint8Array(b.length + 2);
  compare(a, b, changedA, changedB);
  shift(a, changedA, changedB);
  shift(b, changedB, changedA);
  const changes: Change[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (!changedA[i + 1] && !changedB[j + 1]) {
      i++;
      j++;
      continue;
    }
    const [from, to] = [i, j];
    while (changedA[i + 1]) i++;
    while (changedB[j + 1]) j++;
    changes.push({ from, removed: i - from, to, added: j - to });
  }
  return changes;
}

function compare(a: readonly number[], b: readonly number[], changedA: Uint8Array, changedB: Uint8Array): void {
  const offset = b.length + 1;
  const forward = new Int32Array(a.length + b.length + 3);
  const backward = new Int32Array(a.length + b.length + 3);
  const stack: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  while (stack.length) {
    let [x0, x1, y0, y1] = stack.pop()!;
    while (x0 < x1 && y0 < y1 && a[x0] === b[y0]) {
      x0++;
      y0++;
    }
    while (x0 < x1 && y0 < y1 && a[x1 - 1] === b[y1 - 1]) {
      x1--;
      y1--;
    }
    if (x0 === x1) for (; y0 < y1; y0++) changedB[y0 + 1] = 1;
    else if (y0 === y1) for (; x0 < x1; x0++) changedA[x0 + 1] = 1;
    else {
      const [x, y] = middle(x0, x1, y0, y1);
      stack.push([x, x1, y, y1], [x0, x, y0, y]);
    }
  }

  /** A point on a shortest path, where the searches from both ends meet. */
  function middle(x0: number, x1: number, y0: number, y1: number): [number, number] {
    const least = x0 - y1;
    const most = x1 - y0;
    const startF = x0 - y0;
    const startB = x1 - y1;
    let [minF, maxF, minB, maxB] = [startF, startF, startB, startB];
    const odd = ((startF - startB) & 1) !== 0;
    forward[offset + startF] = x0;
    backward[offset + startB] = x1;
    for (;;) {
      if (minF > least) forward[offset + --minF - 1] = -1;
      else minF++;
      if (maxF < most) forward[offset + ++maxF + 1] = -1;
      else maxF--;
      for (let d = maxF; d >= minF; d -= 2) {
        const low = forward[offset + d - 1]!;
        const high = forward[offset + d + 1]!;
        let x = low < high ? high : low + 1;
        while (x < x1 && x - d < y1 && a[x] === b[x - d]) x++;
        forward[offset + d] = x;
        if (odd && minB <= d && d <= maxB && backward[offset + d]! <= x) return [x, x - d];
      }
      if (minB > least) backward[offset + --minB - 1] = 0x7fff_ffff;
      else minB++;
      if (maxB < most) backward[offset + ++maxB + 1] = 0x7fff_ffff;
      else maxB--;
      for (let d = maxB; d >= minB; d -= 2) {
        const low = backward[offset + d - 1]!;
        const high = backward[offset + d + 1]!;
        let x = low < high ? low : high - 1;
        while (x0 < x && y0 < x - d && a[x - 1] === b[x - d - 1]) x--;
        backward[offset + d] = x;
        if (!odd && minF <= d && d <= maxF && x <= forward[offset + d]!) return [x, x - d];
      }
    }
  }
}

/** Move runs of changes so that they merge, and stand where the other file has a run too; else as late as they can. */
function shift(lines: readonly number[], changed: Uint8Array, other: Uint8Array): void {
  const end = lines.length;
  let i = 0;
  let j = 0;
  for (;;) {
    while (i < end && !changed[i + 1]) {
      while (other[j++ + 1]);
      i++;
    }
    if (i === end) return;
    let start = i;
    while (changed[++i + 1]);
    while (other[j + 1]) j++;
    let corresponding: number;
    let length: number;
    do {
      length = i - start;
      while (start && lines[start - 1] === lines[i - 1]) {
        changed[--start + 1] = 1;
        changed[--i + 1] = 0;
        while (changed[start]) start--;
        while (other[--j + 1]);
      }
      corresponding = other[j] ? i : end;
      while (i !== end && lines[start] === lines[i]) {
        changed[start++ + 1] = 0;
        changed[i++ + 1] = 1;
        while (changed[i + 1]) i++;
        while (other[++j + 1]) corresponding = i;
      }
    } while (length !== i - start);
    while (corresponding < i) {
      changed[--start + 1] = 1;
      changed[--i + 1] = 0;
      while (other[--j + 1]);
    }
  }
}
