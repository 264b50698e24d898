/** How cards look here: the renderer's settings, in the page's own colours so that they follow its theme. */

const colours = {
  default: { default: 'var(--text)', subtle: 'var(--muted)' },
  dark: { default: 'var(--text)', subtle: 'var(--muted)' },
  light: { default: 'var(--muted)', subtle: 'var(--muted)' },
  accent: { default: 'var(--accent)', subtle: 'var(--accent)' },
  good: { default: 'var(--good)', subtle: 'var(--good)' },
  warning: { default: 'var(--warn)', subtle: 'var(--warn)' },
  attention: { default: 'var(--bad)', subtle: 'var(--bad)' },
};

/** @param {string} background @param {string} border */
const box = (background, border) => ({ backgroundColor: background, borderColor: border, foregroundColors: colours });

export const HOST = {
  fontFamily: 'inherit',
  fontSizes: { small: 13, default: 15, medium: 17, large: 20, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 19, default: 23, medium: 25, large: 28, extraLarge: 32 },
  spacing: { small: 4, default: 13, medium: 16, large: 22, extraLarge: 30, padding: 0 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  supportsInteractivity: true,
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: box('transparent', 'var(--line)'),
    emphasis: box('var(--sunken)', 'var(--line)'),
    accent: box('var(--accent-soft)', 'var(--accent)'),
    good: box('var(--good-soft)', 'var(--good)'),
    warning: box('var(--warn-soft)', 'var(--warn)'),
    attention: box('var(--bad-soft)', 'var(--bad)'),
  },
  actions: {
    maxActions: 20,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { color: 'default', size: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 170 },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 16,
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', color: 'default', size: 'default', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder', color: 'default', size: 'default' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small', weight: 'default' },
  },
  textBlock: { headingLevel: 2 },
};
