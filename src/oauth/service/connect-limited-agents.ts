import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { failedWhileConnecting } from '../../resilience/index.js';
import { timeBudget } from '../time-budget.js';

/**
 * Kept-alive connections that are given up when they are not made in time, and what fails before they are secure is
 * marked. Node's agents do neither, and only a failure while connecting proves that nothing was sent.
 * @param onClose called when a connection has ended, however it did
 */
export function connectLimitedAgents(onClose: () => void = () => undefined): {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
} {
  return {
    httpAgent: limited(new HttpAgent({ keepAlive: true }), 'connect', onClose),
    httpsAgent: limited(new HttpsAgent({ keepAlive: true }), 'secureConnect', onClose),
  };
}

function limited<Agent extends HttpAgent>(
  agent: Agent,
  ready: 'connect' | 'secureConnect',
  onClose: () => void,
): Agent {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    const timer = setTimeout(() => socket?.destroy(connectTimeout()), timeBudget.serviceConnectMs);
    for (const event of ['connect', 'close']) socket?.once(event, () => clearTimeout(timer));
    socket?.once('close', onClose);
    socket?.prependOnceListener('error', failedWhileConnecting);
    socket?.once(ready, () => socket.off('error', failedWhileConnecting));
    return socket;
  };
  return agent;
}

/** As the operating system would say it. */
function connectTimeout(): Error {
  return Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' });
}
