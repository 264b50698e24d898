/** The whole vocabulary of a picture, neutral: what is printed as SVG and painted as PNG alike. Lengths are pixels. */

/** How far something is from the left and from the top. */
export type Point = readonly [x: number, y: number];

export interface Picture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Later ones lie on earlier ones. */
  readonly shapes: readonly Shape[];
}

export type Shape = Box | Line | Disc | Writing;

export interface Box {
  readonly is: 'box';
  readonly at: Point;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
  /** The radius of its corners. */
  readonly round?: number;
}

export interface Line {
  readonly is: 'line';
  readonly from: Point;
  readonly to: Point;
  readonly colour: string;
}

export interface Disc {
  readonly is: 'disc';
  readonly at: Point;
  readonly radius: number;
  readonly fill: string;
  readonly edge: string;
}

/** One line of text, on its baseline. */
export interface Writing {
  readonly is: 'text';
  readonly at: Point;
  readonly text: string;
  readonly size: number;
  readonly colour?: string;
  readonly bold?: boolean;
  /** Which part of the text is at the point; its beginning unless said. */
  readonly anchor?: 'middle' | 'end';
}

/** What is written in unless a colour is said. */
export const INK = '#1a212b';
/** Of the edges of discs. */
export const EDGE = 1.5;
/** As heavy as a heading is. */
export const BOLD = 600;
