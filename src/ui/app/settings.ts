// How the person wants the page to be: remembered, and put on the document before anything is drawn.

export interface Settings {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly contrast: 'auto' | 'more';
  /** `projector` is for a room: large type, and nothing that moves. */
  readonly size: 'normal' | 'large' | 'projector';
  readonly motion: 'auto' | 'less';
  /** Whether what the terminal prints is told to screen readers. */
  readonly spoken: 'on' | 'off';
  /** Per cent of the width, and of the height. */
  readonly lesson: number;
  readonly picture: number;
}

export const DEFAULTS: Settings = { theme: 'auto', contrast: 'auto', size: 'normal', motion: 'auto', spoken: 'on', lesson: 38, picture: 45 };
const KEY = 'stowage-settings';

function read(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>;
    return Object.fromEntries(Object.entries(DEFAULTS).map(([name, value]) => {
      const own = kept[name as keyof Settings];
      return [name, typeof own === typeof value ? own : value];
    })) as unknown as Settings;
  } catch {
    return DEFAULTS;
  }
}

let current = read();

export const settings = (): Settings => current;

const SYSTEM = { contrast: matchMedia('(prefers-contrast: more)'), motion: matchMedia('(prefers-reduced-motion: reduce)') };

/** Every setting is an attribute of the document (`data-theme`), every measure a variable (`--lesson`). What is left to the system is asked of it, but for the theme, which the style sheet asks. */
function apply(): void {
  const { dataset, style } = document.documentElement;
  for (const [name, value] of Object.entries(current)) {
    if (typeof value === 'number') style.setProperty(`--${name}`, `${value}%`);
    else dataset[name] = value;
  }
  if (SYSTEM.contrast.matches) dataset.contrast = 'more';
  // In a room with a projector nothing moves either.
  if (SYSTEM.motion.matches || current.size === 'projector') dataset.motion = 'less';
}

export function change(to: Partial<Settings>): void {
  current = { ...current, ...to };
  apply();
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Not remembered, then.
  }
}

apply();
for (const query of Object.values(SYSTEM)) query.addEventListener('change', apply);
