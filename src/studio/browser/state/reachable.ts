const ofOneMachine = ['localhost', '127.0.0.1', '[::1]'];

/** Whether this browser runs on the machine that runs the studio. */
export const isAtTheMachine = ofOneMachine.includes(location.hostname);

/** The address, unless it is the machine's own: on a phone that would lead to the phone. */
export const reachable = (url: string | undefined) =>
  isAtTheMachine || !ofOneMachine.includes(URL.parse(url ?? '')?.hostname ?? '') ? url : undefined;
