// Months as one integer, for dates that are only known to the month.
export const month = (year, m) => year * 12 + m - 1;
export const yearOf = (at) => Math.floor(at / 12);
export const monthText = (at) => `${yearOf(at)}-${String((at % 12) + 1).padStart(2, '0')}`;
export const lastDay = (at) => new Date(Date.UTC(yearOf(at), (at % 12) + 1, 0)).toISOString().slice(0, 10);
export const dayText = (at, day) => `${monthText(at)}-${String(day).padStart(2, '0')}`;
