const two = (number: number): string => String(number).padStart(2, '0');

export interface LocalTime {
  /** `2026-11-28` */
  readonly date: string;
  /** `14:07:09` */
  readonly time: string;
}

/** A moment where the machine is. @param iso  ISO 8601; what is none comes back as it is, on one day with its like */
export function localTime(iso: string): LocalTime {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return { date: '', time: iso };
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':'),
  };
}

/** `2026-11-28 14:07:09` */
export const localDateTime = (iso: string): string => {
  const { date, time } = localTime(iso);
  return `${date} ${time}`.trim();
};

/** In what zone those times are: `UTC`, or `Europe/Berlin, UTC+01:00`. */
export function localZone(now = new Date()): string {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const minutes = -now.getTimezoneOffset();
  const ahead = Math.abs(minutes);
  const offset = `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
  return name === 'UTC' ? name : `${name}, ${offset}`;
}
