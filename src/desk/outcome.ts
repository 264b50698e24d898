/** What came of something that was said, as a surface shows it. */
import type { Card } from '../cards/card.ts';
import type { Given } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';

export type Outcome =
  | {
      readonly outcome: 'done';
      readonly incident: Incident;
      /** What was done, in words for whoever did it. */
      readonly lines: readonly string[];
      readonly repeated: boolean;
      /** Whether anything came of it; else the lines say why nothing did. */
      readonly changed: boolean;
      /** The incident is new. */
      readonly opened: boolean;
      /** Somebody has taken work on: they may be shown what they can say about it. */
      readonly tookOn: boolean;
    }
  | { readonly outcome: 'refused'; readonly incident: Incident | undefined; readonly card: Card; readonly text: string }
  | {
      readonly outcome: 'form';
      readonly incident: Incident | undefined;
      readonly card: Card;
      readonly command: string;
      readonly given: Given;
    }
  | { readonly outcome: 'view'; readonly incident: Incident | undefined; readonly card: Card }
  | { readonly outcome: 'problem'; readonly incident?: undefined; readonly card: Card; readonly text: string };
