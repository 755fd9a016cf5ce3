/* Runs before the first paint, so that a chosen theme or language does not flash the other one. */
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  const lang = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('lang');
  if (lang === 'en') document.documentElement.lang = 'en';
} catch {
  /* storage may be forbidden: the defaults stand */
}
