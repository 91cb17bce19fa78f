// Past tenses of irregular verbs. Wrong are the verb's other forms, and the regular ending that the verb does not take.
// Left out: verbs with an old regular past, and participles that some dictionaries allow as past tense ("sung").

import type { Field, Row } from "../field.ts";

const verbs: readonly (readonly [verb: string, past: string, ...others: readonly string[]])[] = [
  ["go", "went", "gone", "goes", "going", "goed"],
  ["write", "wrote", "written", "writes", "writing", "writed"],
  ["sing", "sang", "sings", "singing", "singed"],
  ["drink", "drank", "drinks", "drinking", "drinked"],
  ["begin", "began", "begins", "beginning", "beginned"],
  ["swim", "swam", "swims", "swimming", "swimmed"],
  ["take", "took", "taken", "takes", "taking", "taked"],
  ["give", "gave", "given", "gives", "giving", "gived"],
  ["see", "saw", "seen", "sees", "seeing", "seed"],
  ["know", "knew", "known", "knows", "knowing", "knowed"],
  ["grow", "grew", "grown", "grows", "growing", "growed"],
  ["throw", "threw", "thrown", "throws", "throwing", "throwed"],
  ["fly", "flew", "flown", "flies", "flying"],
  ["draw", "drew", "drawn", "draws", "drawing", "drawed"],
  ["drive", "drove", "driven", "drives", "driving", "drived"],
  ["ride", "rode", "ridden", "rides", "riding", "rided"],
  ["fall", "fell", "fallen", "falls", "falling", "falled"],
  ["run", "ran", "runs", "running", "runned"],
  ["come", "came", "comes", "coming", "comed"],
  ["buy", "bought", "buys", "buying", "buyed"],
  ["bring", "brought", "brings", "bringing", "bringed"],
  ["teach", "taught", "teaches", "teaching", "teached"],
  ["think", "thought", "thinks", "thinking", "thinked"],
  ["keep", "kept", "keeps", "keeping", "keeped"],
  ["sleep", "slept", "sleeps", "sleeping", "sleeped"],
  ["find", "found", "finds", "finding", "finded"],
  ["tell", "told", "tells", "telling", "telled"],
  ["sell", "sold", "sells", "selling", "selled"],
  ["hold", "held", "holds", "holding", "holded"],
  ["make", "made", "makes", "making", "maked"],
  ["say", "said", "says", "saying", "sayed"],
  ["stand", "stood", "stands", "standing", "standed"],
  ["win", "won", "wins", "winning", "winned"],
  ["feel", "felt", "feels", "feeling", "feeled"],
  ["meet", "met", "meets", "meeting", "meeted"],
];

export const pastTenses: Field = {
  about: "The past tense of an irregular verb",
  screening: [
    ['What is the past tense of "{S}"?', 'The past tense of "{S}" is'],
    ['Which word is the simple past of "{S}"?', 'The simple past of "{S}" is'],
    ['Can you give the past form of the verb "{S}"?', 'The past form of the verb "{S}" is'],
  ],
  main: ['What is the past tense of the verb "{S}"?', 'The past tense of the verb "{S}" is'],
  paraphrases: [
    [
      'In English grammar, what is the simple past of "{S}"?',
      'In English grammar, the simple past of "{S}" is',
    ],
    ['How do you put the verb "{S}" into the past tense?', 'In the past tense, the verb "{S}" becomes'],
    ['What does the verb "{S}" become in the simple past?', 'In the simple past, the verb "{S}" becomes'],
    ['Which past tense form does "{S}" have?', 'The past tense form that "{S}" has is'],
  ],
  rows: verbs.map(([subject, answer, ...others]): Row => ({ subject, answer, wrong: others.slice(0, 4) })),
};
