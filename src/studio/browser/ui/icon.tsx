const paths = {
  bell: 'M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 20a2 2 0 0 0 4 0',
  bellOff: 'M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 20a2 2 0 0 0 4 0M3 3l18 18',
  auto: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16zM12 4v16M15 5v14M18 8v8',
  sun: 'M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  moon: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.500 10.500z',
  plus: 'M12 5v14M5 12h14',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  crop: 'M7 2v15h15M2 7h15v15',
  pin: 'M9 4h6l-1 6 4 3v2H6v-2l4-3zM12 15v6',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5',
  film: 'M4 5h16v14H4zM8 5v14M16 5v14M4 9.500h4M4 14.500h4M16 9.500h4M16 14.500h4',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  keep: 'M6 4h12v16l-6-4-6 4z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  phone: 'M7 2h10v20H7zM11 18.500h2',
  sliders: 'M4 8h8M18 8h2M12 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0M4 16h2M12 16h8M6 16a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  send: 'M12 19V6M6 12l6-6 6 6M5 21h14',
  link: 'M14 5h5v5M19 5l-9 9M17 14v5H5V7h5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
