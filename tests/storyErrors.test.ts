import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findsFacts } from "../reproduce/storyErrors.js";

const found = suite("facts that attention finds");
const [first, second, third] = [
  [0.7, 0.2, 0.1],
  [0.1, 0.8, 0.3],
  [0.2, 0.3, 0.9],
];

found("are those of each reading, in their order", () => {
  assert.is(findsFacts([first, second], [0, 1]), true);
  assert.is(findsFacts([first, second], [1, 0]), false);
  assert.is(findsFacts([first, first], [0, 1]), false);
});

found("leave readings free for which there is none", () => {
  assert.is(findsFacts([third, first, second], [2]), true);
  assert.is(findsFacts([first, third, second], [2]), false);
});

found("are any that are left, of the last reading", () => {
  assert.is(findsFacts([first, third], [0, 1, 2]), true);
  assert.is(findsFacts([first, second], [0, 1, 2]), true);
  assert.is(findsFacts([first, first], [0, 1, 2]), false);
});

found("are none where there are no facts", () => assert.is(findsFacts([first], []), false));
found.run();
