/** Baton's icons as PNGs, drawn by arithmetic: a conductor's baton and the point it draws attention to. */
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const NIGHT: Colour = [31, 42, 68, 255];
const IVORY: Colour = [250, 246, 235, 255];
const AMBER: Colour = [246, 173, 85, 255];
const WHITE: Colour = [255, 255, 255, 255];
const CLEAR: Colour = [255, 255, 255, 0];

/** 192 by 192: on the house's colour, which Teams shows to the edges. */
export function colourIcon(): Uint8Array {
  return png(192, (x, y) => {
    const shaft = over(NIGHT, IVORY, covers(shaftAt(x, y)));
    const grip = over(shaft, IVORY, covers(gripAt(x, y)));
    return over(grip, AMBER, covers(pointAt(x, y)));
  });
}

/** 32 by 32: white on nothing, as Teams wants it. */
export function outlineIcon(): Uint8Array {
  return png(32, (x, y) => {
    const nearest = Math.min(shaftAt(x, y) - 0.012, gripAt(x, y), pointAt(x, y));
    return over(CLEAR, WHITE, covers(nearest * (32 / 192)));
  });
}

/** Distances are in parts of the picture's side; below nought is inside. */
function shaftAt(x: number, y: number): number {
  return toLine(x, y, 0.3, 0.72, 0.635, 0.37) - 0.022;
}

function gripAt(x: number, y: number): number {
  return Math.hypot(x - 0.28, y - 0.74) - 0.085;
}

function pointAt(x: number, y: number): number {
  return Math.abs(Math.hypot(x - 0.72, y - 0.28) - 0.095) - 0.022;
}

function toLine(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const along = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
}

/** How much of a pixel of 1/192 a shape covers: edges are smooth. */
function covers(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance * 192));
}

function over(below: Colour, above: Colour, share: number): Colour {
  const alpha = below[3] + (above[3] - below[3]) * share;
  const mix = (n: 0 | 1 | 2) => (below[3] === 0 ? above[n] : below[n] + (above[n] - below[n]) * share);
  return [mix(0), mix(1), mix(2), alpha];
}

function png(side: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const rows = Buffer.alloc(side * (side * 4 + 1));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = y * (side * 4 + 1) + 1 + x * 4;
      colourAt((x + 0.5) / side, (y + 0.5) / side).forEach((value, n) => {
        rows[at + n] = Math.round(value);
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits a channel, red, green, blue and alpha.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
