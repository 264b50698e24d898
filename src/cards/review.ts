/** The review of an incident: what was kept and what was late or missed, a line each, with where to read more. */
import type { Guide } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import type { Finding } from '../core/review.ts';
import { inline } from './markdown.ts';
import { title } from './state.ts';
import type { Words } from './words/words.ts';

/** Where docs/guide.md has each heading of the guide. */
export const CHAPTERS: Readonly<Record<Guide, string>> = {
  call: '1-first-the-call-then-everything-else',
  commander: '2-one-commander',
  impact: '3-impact-before-action',
  activities: '4-work-is-delegated-by-kind',
  'one-mitigation': '5-one-mitigation-at-a-time',
  'always-doing': '6-always-be-doing-something',
  updates: '7-check-for-updates-on-a-cycle',
  rotation: '8-rotate-before-people-break',
  watch: '9-watch-after-the-fix',
  record: '10-the-record',
};

/** The time, a mark, and the sentence; as long as it is, on one line. */
export function reviewLines(findings: readonly Finding[], words: Words): readonly string[] {
  return findings.map((finding) => `${words.at(finding.at)}  ${finding.kept ? '✓' : '→'} ${sentence(finding, words)}`);
}

/** Where to read about what was late or missed, each place once. */
export function readings(findings: readonly Finding[], words: Words): readonly string[] {
  const chapters = [...new Set(findings.filter(({ kept }) => !kept).map(({ guide }) => guide))];
  return chapters.map((guide) => `${words.t(`guide.${guide}`)}: docs/guide.md#${CHAPTERS[guide]}`);
}

export function reviewMarkdown(incident: Incident, findings: readonly Finding[], words: Words): string {
  const kept = findings.filter((finding) => finding.kept);
  const missed = findings.filter((finding) => !finding.kept);
  const parts = [
    `# ${inline(words.t('review.title', { title: title(incident, words) }))}`,
    words.t('review.lead'),
    `## ${words.t('review.kept')}`,
    listed(kept, words),
    `## ${words.t('review.missed')}`,
    listed(missed, words),
    ...(missed.length > 0 ? [`## ${words.t('review.read')}`, readings(findings, words).map(item).join('\n')] : []),
    `*${inline(words.t('card.zone', { zone: words.reader.zone }))}*`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function sentence({ finding, facts }: Finding, words: Words): string {
  return words.t(`review.${finding}`, facts);
}

function listed(findings: readonly Finding[], words: Words): string {
  if (findings.length === 0) return words.t('review.nothing');
  return findings.map((finding) => item(`${words.at(finding.at)} · ${sentence(finding, words)}`)).join('\n');
}

function item(text: string): string {
  return `- ${inline(text)}`;
}
