/** Finds, in the sources themselves, every key that the code can ask the words for. */
import ts from 'typescript';
import { EVIDENCE, KINDS, TRENDS, VERDICTS } from '../../src/core/events.ts';
import { WANTED } from '../../src/core/evidence.ts';
import { FINDINGS } from '../../src/core/review.ts';
import { QUESTIONS } from '../../src/core/severity.ts';

/** What stands in code: a whole text, or one that is filled in (`verdict-${verdict}`, `event.type`). */
export type Said = { readonly text: string } | { readonly head: string; readonly tail: string };

const ANSWERS = [...Object.values(QUESTIONS).flat(), 'unknown'];
const PHASES = ['open', 'watching', 'standing-down', 'closed'];

/** What can be filled in, by the text before it. A key that is put together must be listed here to be found. */
export const FILLED: Readonly<Record<string, readonly string[]>> = {
  'answer-': ANSWERS,
  'answer.': ANSWERS,
  'board.phase.': PHASES,
  'alert.': ['firing', 'resolved'],
  'checklist.': ['impact', 'ended-by', 'judged', ...WANTED],
  'evidence.': [...EVIDENCE, 'note'],
  'impact-': Object.keys(QUESTIONS),
  'keep-': WANTED.filter((kind) => kind !== 'note'),
  'kind.': KINDS,
  'nothing.': ['answer-page', 'link', 'move-mitigation', 'name-service', 'rename', 'set-call', 'stop-waiting'],
  'link-': ['commands', 'works', 'called', 'there', 'asked'],
  'surface.': ['teams', 'discord'],
  'messages.': ['draft', 'confirmed', 'by-hand'],
  'origin.': ['chat', 'alert', 'support'],
  'phase.': PHASES,
  'question.': Object.keys(QUESTIONS),
  'record.message.': ['draft', 'confirmed', 'withdrawn'],
  'record.override.': [
    'round-skipped',
    'round-snoozed',
    'rest-overridden',
    'mitigation-started',
    'incident-closed',
    'command-taken',
  ],
  'record.round.': ['open', 'held', 'missed', 'skipped'],
  'record.stage.': ['queued', 'running', 'observing', 'observed', 'judged', 'dropped'],
  'record.status.': ['queued', 'offered', 'under-way', 'finished', 'cancelled'],
  'review.': FINDINGS,
  'right.': ['anyone', 'commander'],
  'round.': ['open', 'held', 'missed', 'skipped'],
  'seat.': ['missing', 'waiting', 'paged', 'answered', 'on-call'],
  'time.': ['d', 'h', 'min', 's'],
  'trend-': TRENDS,
  'trend.': TRENDS,
  'verdict-': VERDICTS,
  'verdict.': VERDICTS,
  'when-': PHASES,
  'event.type': ['shift-ending', 'shift-overrun'],
};

/** A prompt, ping, refusal or label in the core, with the names of its facts where they stand beside it. */
export interface Line {
  readonly section: 'prompt' | 'ping' | 'refusal' | 'button';
  readonly name: string;
  readonly facts?: readonly string[];
  readonly where: string;
}

export function parsed(path: string, source: string): ts.SourceFile {
  return ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
}

/** All texts of a file, type positions and imports left out. */
export function texts(file: ts.SourceFile): Said[] {
  const found: Said[] = [];
  visit(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return false;
    if (ts.isStringLiteralLike(node)) found.push({ text: node.text });
    if (ts.isTemplateExpression(node)) found.push(filled(node));
    return true;
  });
  return found;
}

/** The property names of an object that a constant of a file holds. */
export function namesIn(file: ts.SourceFile, constant: string): string[] {
  const names: string[] = [];
  visit(file, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== constant) return true;
    if (node.initializer && ts.isObjectLiteralExpression(node.initializer)) {
      for (const property of node.initializer.properties) names.push(nameOf(property.name) ?? '');
    }
    return false;
  });
  return names;
}

/** The members of an interface: the event types of `Shapes`. */
export function membersOf(file: ts.SourceFile, name: string): string[] {
  const members: string[] = [];
  visit(file, (node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === name) {
      for (const member of node.members) members.push(nameOf(member.name) ?? '');
    }
    return true;
  });
  return members;
}

/** Everything that a file of the core wants said, by the places where the contract has it stand. */
export function lines(file: ts.SourceFile): Line[] {
  const found: Line[] = [];
  const add = (section: Line['section'], node: ts.Expression, facts?: readonly string[]) => {
    for (const name of names(node)) {
      found.push({ section, name, where: `${file.fileName}: ${name}`, ...(facts ? { facts } : {}) });
    }
  };
  visit(file, (node) => {
    if (ts.isPropertyAssignment(node)) {
      const name = nameOf(node.name);
      const facts = factsBeside(node);
      if (name === 'line') add(withinPings(node) ? 'ping' : 'prompt', node.initializer, facts);
      if (name === 'label') add('button', node.initializer, facts);
      if (name === 'refused' || name === 'problem') add('refusal', node.initializer, facts);
    }
    if (ts.isCallExpression(node)) {
      const [first, second] = node.arguments;
      const called = node.expression.getText();
      if (called === 'refuse' && first) add('refusal', first, second && factNames(second));
      if (called === 'dismissal' && second) add('button', second, []);
      for (const [n, argument] of node.arguments.entries()) {
        if (parametersOf(file, called)[n] === 'line') add(withinPings(node) ? 'ping' : 'prompt', argument);
      }
    }
    return true;
  });
  return found;
}

/** The texts that an expression can come to. */
function names(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...names(node.whenTrue), ...names(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return names(node.expression);
  if (ts.isTemplateExpression(node)) {
    const { head, tail } = filled(node);
    const values = FILLED[head];
    if (!values) throw new Error(`${node.getSourceFile().fileName}: say in FILLED what \`${head}\${…}\` can be`);
    return values.map((value) => `${head}${value}${tail}`);
  }
  if (ts.isPropertyAccessExpression(node)) {
    const values = FILLED[node.getText()];
    if (values) return [...values];
  }
  // A parameter is read where the function is called.
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return [];
  throw new Error(`${node.getSourceFile().fileName}: cannot tell what "${node.getText()}" can be`);
}

function filled(node: ts.TemplateExpression): { head: string; tail: string } {
  return { head: node.head.text, tail: node.templateSpans.at(-1)?.literal.text ?? '' };
}

/** The names in `facts` of the same object; undefined where they come from elsewhere. */
function factsBeside(node: ts.PropertyAssignment): string[] | undefined {
  if (!ts.isObjectLiteralExpression(node.parent)) return undefined;
  // Only a whole prompt or ping: it is addressed to somebody. What is not may be given more facts further on.
  const { properties } = node.parent;
  const refusal = ['refused', 'problem'].includes(nameOf(node.name) ?? '');
  if (!refusal && !properties.some((one) => ts.isSpreadAssignment(one) || nameOf(one.name) === 'to')) return undefined;
  const beside = properties.find((one) => nameOf(one.name) === 'facts');
  return beside && ts.isPropertyAssignment(beside) ? factNames(beside.initializer) : undefined;
}

function factNames(node: ts.Expression): string[] | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  if (node.properties.some(ts.isSpreadAssignment)) return undefined;
  return node.properties.map((one) => nameOf(one.name) ?? '');
}

function withinPings(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if ((ts.isPropertyAssignment(at) || ts.isMethodDeclaration(at)) && nameOf(at.name) === 'pings') return true;
  }
  return false;
}

function parametersOf(file: ts.SourceFile, called: string): string[] {
  const declared = file.statements.find(
    (one): one is ts.FunctionDeclaration => ts.isFunctionDeclaration(one) && one.name?.text === called,
  );
  return declared?.parameters.map(({ name }) => name.getText()) ?? [];
}

function nameOf(name: ts.PropertyName | undefined): string | undefined {
  return name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
}

/** @param see says whether to go deeper */
function visit(node: ts.Node, see: (node: ts.Node) => boolean): void {
  if (see(node)) ts.forEachChild(node, (child) => visit(child, see));
}
