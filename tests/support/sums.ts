/** A small Metamath database of sums, with every kind of statement, for tests. */
export const sums = `$( Sums. $)
$c ( ) + = term wff all |- $.
$v x y z w $.
tx $f term x $. ty $f term y $. tz $f term z $. tw $f term w $.
tpl $a term ( x + y ) $.
weq $a wff x = y $.
wall $a wff all x y $.
ax-com $a |- ( x + y ) = ( y + x ) $.
ax-ass $a |- ( ( x + y ) + z ) = ( x + ( y + z ) ) $.
\${ sym.1 $e |- x = y $. ax-sym $a |- y = x $. $}
\${ tr.1 $e |- x = y $. tr.2 $e |- y = z $. ax-tr $a |- x = z $. $}
\${ cong.1 $e |- x = y $. ax-cong $a |- ( x + z ) = ( y + z ) $. $}
com2 $p |- ( y + x ) = ( x + y ) $= ty tx ax-com $.
\${
  cong2.1 $e |- x = y $.
  $( The same proof, normal and compressed. $)
  cong2 $p |- ( z + x ) = ( z + y ) $=
    tz tx tpl tx tz tpl tz ty tpl tz tx ax-com tx tz tpl ty tz tpl tz ty tpl
    tx ty tz cong2.1 ax-cong ty tz ax-com ax-tr ax-tr $.
  cong3 $p |- ( z + x ) = ( z + y ) $=
    ( tpl ax-com ax-tr ax-cong ) CAEACEZCBEZCAFIBCEJABCDHBCFGG $.
$}
\${ $d x y $. ax-all $a |- all x y $. $}
\${ $d z w $. all2 $p |- all z w $= tz tw ax-all $. $}
swap $p |- ( ( x + y ) + z ) = ( z + ( y + x ) ) $=
  ( tpl ax-com ax-tr cong2 ) ABDZCDCHDCBADZDHCEHICABEGF $.
`;
