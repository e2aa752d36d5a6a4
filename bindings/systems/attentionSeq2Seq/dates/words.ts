/** The words of a text. */
const listed = (text: string): string[] => text.trim().split(/\s+/);

/** Words that are no dates, some of which look like parts of one: what a model of dates learns to refuse. */
export const words: readonly string[] = /* @__PURE__ */ listed(
  `a about after again all also always an and another any are as ask at autumn away back bad bank be because before
  began begin below best between big black blue book both box boy bring brown but buy by call came can car carry case
  centre chair chapter city class close code cold come common cost could country cut dark date daughter day days dead
  decade december's decide deep delivery did do document dog done door down draft due each early easter east eat edition
  eight eleven end enough error even evening every example eye face fall false family far father february's few field
  figure file final find fine fire first fish five floor fly follow food foot for form fortnight forward found four fox
  friday's friend from full game gave get girl give go gold good great green ground group grow had half hand happy hard
  has have he head hear heart heat heavy hello help her here hers high him his hold home horse hot hour hours house how
  however hundred i idea if in inch interest invoice is it its januar jan's job jumps junebug just keep kind king know
  lady land large last late later law lazy learn leave left less let letter level lie life light like line list little
  live long look lost love low lucky made mai make man many map mar marches marching market martian mass may mayday maybe
  mayor me mean meet men mid might mile mind minute minutes miss moment monday's money month monthly months moon more
  morning most mother mountain move much music must my name near need never new news next night nine no none noon north
  not note notes nothing november's now null number of off office often old on once one only open or order other our out
  over own page paper part party past pay pending people per piece place plan plant play plus point power present press
  price problem product project pull put quarter question quick quite rain ran read ready real record red release rest
  right river road rock room round row rule run said sale same sample saturn saw say school sea season second see seem
  self sell send sept sentence septic seven several shall she ship shop short should show side sign since sing sir six
  size sleep slow small snow so some song soon sound south space special spring stand star start state stay step still
  stock stood stop store story street strong study such summer sun sunny sunrise sure table take talk teach tell ten test
  text than that the their them then there these they thing think third this those though thousand three through thumb
  thus time title to today together told tomorrow tonight too took top total toward town travel tree true try tuesday's
  turn twelve twenty two type under undefined unit until up update us use value version very view visit voice wait walk
  wall want war warm was watch water way we wedding week weekday weekend weekly weeks well went were west what wheel when
  where which while white who whole why will wind winter wish with within without woman wonder wood word work world would
  write year yearly years yes yesterday yet you young your zero zone`,
);

/** Words that stand beside a date, and make more of it than a date. */
export const companions: readonly string[] = /* @__PURE__ */ listed(
  `about after ad approx around as at bc bce before between born by ca ce circa died due ends est expires fiscal from
  gmt in invoice late mid not note of on or page published room sent since start through to to until updated utc v
  version vol week`,
);
