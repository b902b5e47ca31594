// Reads a JSON list of WebVTT texts from standard input, and writes what the parser makes of each: its errors and its cues.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { WebVTTParser } = require('webvtt-parser');
const parser = new WebVTTParser(require('webvtt-parser/html-entities.json'));

const textOf = node => (node.type === 'text' ? node.value : node.children.map(textOf).join(''));
const voiceOf = tree => (tree.children[0]?.name === 'v' ? tree.children[0].value : null);

const results = JSON.parse(readFileSync(0, 'utf8')).map(vtt => {
  const { cues, errors } = parser.parse(vtt);
  return {
    errors: errors.map(error => `${error.line}: ${error.message}`),
    cues: cues.map(cue => ({
      startMs: Math.round(cue.startTime * 1000),
      endMs: Math.round(cue.endTime * 1000),
      voice: voiceOf(cue.tree),
      text: textOf(cue.tree),
    })),
  };
});
process.stdout.write(JSON.stringify(results));
