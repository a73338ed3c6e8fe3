import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { timeBudget } from '../time-budget.js';

/**
 * Kept-alive connections that are given up when they are not made in time. Node's agents know no such limit,
 * and only a time-out while connecting proves that nothing was sent.
 */
export function connectLimitedAgents(): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  return {
    httpAgent: limited(new HttpAgent({ keepAlive: true })),
    httpsAgent: limited(new HttpsAgent({ keepAlive: true })),
  };
}

function limited<Agent extends HttpAgent>(agent: Agent): Agent {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    const timer = setTimeout(() => socket?.destroy(connectTimeout()), timeBudget.serviceConnectMs);
    for (const event of ['connect', 'close']) socket?.once(event, () => clearTimeout(timer));
    return socket;
  };
  return agent;
}

/** As the operating system would say it. */
function connectTimeout(): Error {
  return Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' });
}
