/** Dark, light, or as the machine is set; kept in this browser. */
import { at, fill, icon } from './dom.js';
import { t } from './words.js';

const KEY = 'baton.theme';
/** @type {Record<string, { next: string, icon: 'half' | 'moon' | 'sun' }>} */
const THEMES = {
  system: { next: 'dark', icon: 'half' },
  dark: { next: 'light', icon: 'moon' },
  light: { next: 'system', icon: 'sun' },
};

export function startTheme() {
  const button = at('theme');
  let theme = localStorage.getItem(KEY) ?? 'system';
  const show = () => {
    document.documentElement.dataset.theme = theme;
    fill(button, icon(THEMES[theme]?.icon ?? 'half'));
    const label = t('theme', { theme: t(`theme.${theme}`) });
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  button.addEventListener('click', () => {
    theme = THEMES[theme]?.next ?? 'system';
    localStorage.setItem(KEY, theme);
    show();
  });
  show();
  return show;
}
