/** Names of folders that systemd or a property list could take for something else. */
export const oddNames = [
  'two words',
  `it's "quoted"`,
  '100% %h %%',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is a variable of systemd.
  '$HOME ${HOME} $$',
  'Sân cầu lông 🏸',
  '<b>&amp; "x"; #y',
  'at its end ',
  'a back\\slash \\x41 \\n',
  '~ - @ : + ! =',
];
