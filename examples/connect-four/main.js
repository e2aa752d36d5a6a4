import { Board } from "./board.js";
import { Opponent } from "./opponent.js";
import { signed, Thoughts } from "./thoughts.js";

const element = (id) => document.getElementById(id);
const thoughts = new Thoughts({ body: element("thoughts"), about: element("about"), line: element("line") });
let opponent;
let board;
let moves = ""; // columns from 1
let last; // the column of the last move
let turn = 0; // goes up whenever what is thought of is no longer asked for
let isThinking = false;

const person = () => Number(element("side").value);
const simulations = () => Number(element("simulations").value);
const isPersons = () => moves.length % 2 === person();
const result = () => opponent.game.value(opponent.state);

element("anew").onclick = () => begin("");
element("side").onchange = () => begin("");
element("back").onclick = takeBack;
element("hint").onclick = hint;
addEventListener("keydown", (event) => {
  if (!opponent || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  if (/^[1-9]$/.test(event.key)) drop(Number(event.key));
  else if (event.key.toLowerCase() === "u") takeBack();
  else if (event.key.toLowerCase() === "h") hint();
});

/** The person's move, and the answer to it. */
function drop(column) {
  if (result() !== undefined) return say("The game is over: begin a new one, or take back.");
  if (isThinking || !isPersons()) return say("It is not your move yet.");
  try {
    play(column);
  } catch {
    const columns = opponent.game.moves(opponent.state).map((move) => move + 1);
    return say(`${column} is no move here: columns with room are ${columns.join(", ")}.`);
  }
  void answer();
}

function play(column) {
  opponent.play(column);
  moves += column;
  last = column;
}

/** Lets it move where it is its turn, and says how the game stands. */
async function answer(before = "") {
  if (result() === undefined && !isPersons()) {
    const thought = await think("its", "It thinks …");
    if (!thought) return;
    play(thought.best);
    before = `It plays ${thought.best} and expects ${signed(thought.value)}. `;
  }
  show();
  const ended = result();
  if (ended === 0) say(`${before}The board is full: a draw.`);
  else if (ended === undefined) say(`${before}Your move.`);
  else say(isPersons() ? `${before}It has four in a line, and wins.` : "You have four in a line, and win.");
}

async function hint() {
  if (!opponent || isThinking || result() !== undefined || !isPersons()) return;
  const thought = await think("your", "It thinks for you …");
  if (!thought) return;
  show(thought.best);
  say(`It would play ${thought.best}, and expect ${signed(thought.value)} in your place.`);
}

/** What it thinks of the moves, or nothing where the game went elsewhere meanwhile. */
async function think(whose, status) {
  const asked = ++turn;
  isThinking = true;
  show();
  say(status);
  const tell = (thought) => thoughts.show(thought, whose);
  const thought = await opponent.think(simulations(), { tell, shouldEnd: () => asked !== turn });
  if (asked === turn) isThinking = false;
  return thought;
}

/** The person's last move, and the answer to it if there was one. */
function takeBack() {
  if (!opponent) return;
  const count = isPersons() ? 2 : 1;
  if (moves.length - count < person()) return say("There is no move of yours to take back.");
  begin(moves.slice(0, moves.length - count));
}

function begin(after) {
  ++turn; // ends what is thought of
  isThinking = false;
  opponent.begin(after);
  moves = after;
  last = moves.length ? Number(moves.at(-1)) : undefined;
  thoughts.clear();
  void answer();
}

function show(best) {
  const isOpen = !isThinking && isPersons() && result() === undefined;
  board.show(opponent.state, { person: person(), last, best, isOpen });
  element("hint").disabled = !isOpen;
}

function say(status) {
  element("status").textContent = status;
}

try {
  opponent = await Opponent.create();
  board = new Board(element("board"), opponent.game, drop);
  for (const id of ["anew", "back", "hint"]) element(id).disabled = false;
  const after = new URLSearchParams(location.search).get("moves") ?? "";
  try {
    begin(after);
  } catch (error) {
    begin("");
    say(error.message);
  }
} catch (error) {
  say(error.message);
}
