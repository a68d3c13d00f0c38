/** A line to be typed. */
export interface TextQuestion {
  readonly text: string;
  /** What Enter takes. */
  readonly standard?: string;
  /** For who does not know: what it is about, and where to look. */
  readonly help: string;
  /** What is wrong with an answer, with what would be right; undefined: nothing is. */
  readonly complaint: (answer: string) => string | undefined;
}

/** A line that nobody may see. */
export interface SecretQuestion {
  readonly text: string;
  /** Whether one is known already, which Enter keeps: the answer then is undefined. */
  readonly mayKeep: boolean;
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** What stands behind the question once it is chosen; the label without it. */
  readonly short?: string;
  /** About this one: shown while it is the one that Enter takes. */
  readonly help?: string;
}

/** One of several. */
export interface ChoiceQuestion<Value extends string> {
  readonly text: string;
  readonly choices: readonly Choice<Value>[];
  /** The first one without it. */
  readonly standard?: Value | undefined;
}

/** Who sits at the terminal, as far as those can see who ask. Every question throws when he leaves. */
export interface Interviewer {
  readonly ask: (question: TextQuestion) => Promise<string>;
  readonly askSecret: (question: SecretQuestion) => Promise<string | undefined>;
  readonly choose: <Value extends string>(question: ChoiceQuestion<Value>) => Promise<Value>;
  /** What was found out. */
  readonly say: (text: string) => void;
  /** What is wrong, and the way to put it right; the question comes again. */
  readonly refuse: (text: string) => void;
  /** Aborted when he leaves, also between questions. */
  readonly signal: AbortSignal;
}
