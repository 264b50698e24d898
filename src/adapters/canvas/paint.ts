/** Paints a picture as PNG. It runs in a process of its own: see pictures.ts. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { BOLD, EDGE, INK, type Picture, type Shape } from '../../cards/picture.ts';
import { familiesFor } from './fonts.ts';

/** Pixels of the PNG for each of the picture: sharp on the screens of today. */
const SCALE = 2;
/** Pixels of the PNG's height: what is higher is painted smaller. */
const HIGHEST = 16_000;

export function paint({ width, height, shapes }: Picture): Promise<Buffer> {
  const scale = Math.min(SCALE, HIGHEST / height);
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  for (const shape of shapes) add(context, shape);
  return canvas.encode('png');
}

function add(context: SKRSContext2D, shape: Shape): void {
  switch (shape.is) {
    case 'box':
      context.fillStyle = shape.colour;
      context.beginPath();
      context.roundRect(
        ...shape.at,
        shape.width,
        shape.height,
        Math.min(shape.round ?? 0, shape.width / 2, shape.height / 2),
      );
      context.fill();
      break;
    case 'line':
      context.strokeStyle = shape.colour;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(...shape.from);
      context.lineTo(...shape.to);
      context.stroke();
      break;
    case 'disc':
      context.fillStyle = shape.fill;
      context.strokeStyle = shape.edge;
      context.lineWidth = EDGE;
      context.beginPath();
      context.arc(...shape.at, shape.radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
      break;
    case 'text':
      context.fillStyle = shape.colour ?? INK;
      context.font = `${shape.bold ? BOLD : 400} ${shape.size}px ${familiesFor(shape.text)}`;
      context.textAlign = shape.anchor === undefined ? 'left' : shape.anchor === 'end' ? 'right' : 'center';
      context.fillText(shape.text, ...shape.at);
      break;
  }
}
