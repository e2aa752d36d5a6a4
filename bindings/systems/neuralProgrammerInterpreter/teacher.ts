import type { Core } from "./core.js";
import type { Call, Decision, Environment } from "./environment.js";
import { CallLayout } from "./layout.js";

/**
 * The programs of an environment as a core: what they yield is called, and they return with what they return.
 * @throws TypeError, RangeError when one of them calls what is not there.
 */
export function teacherCore<State, Problem>(environment: Environment<State, Problem>): Core<State> {
  const layout = new CallLayout(environment);
  return {
    enter([name, ...args], state) {
      const running = environment.programs[name]!(state, ...args);
      return {
        decide(): Decision {
          const { done = false, value } = running.next();
          const call = (value ?? undefined) as Call | undefined;
          if (call) layout.expectCall(`${name} of ${environment.name}`, call);
          else if (!done) throw new TypeError(`${name} of ${environment.name} yields nothing, and must yield calls`);
          return { call, returns: done };
        },
      };
    },
  };
}
