// Runs Azurite's blob service for as long as standard input is open: when the parent ends, however it ends, so does Azurite.
'use strict';

const closeTimeoutMs = 3000;

function stop() {
  setTimeout(() => process.exit(0), closeTimeoutMs).unref();
  // Azurite closes its files on SIGTERM; before it listens for that, there is nothing to close.
  if (!process.emit('SIGTERM')) {
    process.exit(0);
  }
}

process.stdin.once('close', stop).resume();

// A Ctrl+C reaches every process of a terminal, but only the parent decides when the service stops.
process.on('SIGINT', () => {});
process.on('newListener', (event, listener) => {
  if (event === 'SIGINT') {
    setImmediate(() => process.off(event, listener));
  }
});

require('azurite/dist/src/blob/main.js');
