import { type AwkwardMail, html } from '../awkward-mail.js';

/** Sources of HTML that browsers read in their own way. */
export const htmlMails: AwkwardMail[] = [
  html('entities of every form', '<p>&lt;b&gt; &#8364; &#x20AC; &euro; &copy &unknown; AT&T', [
    '<b> € € € © &unknown; AT&T',
  ]),
  html('numbers of Windows for characters', '<p>&#147;hi&#148;&#133;', ['“hi”…']),
  html('a character that there is not', '<p>a&#0;b&#xD800;c&#99999999;d', ['a', 'd'], ['\u0000']),
  html('a comment that does not close', '<p>seen</p><!-- <p>not seen</p>', ['seen'], ['not seen']),
  html('a tag that does not close', '<p>seen</p><a href="https://x.example', ['seen'], ['https://x.example']),
  html(
    'a condition that only others fulfil',
    '<!--[if !mso]><!--><p>seen</p><!--<![endif]-->',
    ['seen'],
    ['mso', 'endif'],
  ),
  html(
    'a text for readers without scripts',
    '<noscript><p>seen</p></noscript><script>hidden()</script>',
    ['seen'],
    ['hidden'],
  ),
  html('tags of Word', '<p class=MsoNormal>seen<o:p>&nbsp;</o:p></p><v:shape>drawn</v:shape>', ['seen']),
  html('attributes without quotes and tags in capitals', '<A HREF=https://x.example/a>it</A><BR>next', [
    'it [https://x.example/a]\nnext',
  ]),
  html(
    'a title and a base',
    '<head><title>Not seen</title><base href="https://x.example/d/"></head><a href="e">it</a>',
    ['it [https://x.example/d/e]'],
    ['Not seen'],
  ),
  html(
    'mail addresses without their scheme',
    '<a href="ann@x.example">write</a> <a href="out@x.example?subject=stop">leave</a>',
    ['write [ann@x.example] leave [out@x.example?subject=stop]'],
  ),
  html('plain text to the end', '<p>one<plaintext><b>two', ['one', '<b>two']),
  html('preformatted lines', '<pre>one\n  two\n</pre>', ['one\n  two']),
  html('a section of XML', '<p>one<![CDATA[two]]>three', ['one', 'three'], ['CDATA']),
  html('a document in a document', '<html><body><p>one</body></html><html><body><p>two</body></html>', [
    'one',
    'two',
  ]),
  html('a list in a list', '<ul><li>one<ol start=3><li>deep</ol><li>two</ul>', ['* one', '3. deep', '* two']),
  html('upper and lower, not marked', '<p>H<sub>2</sub>O and m<sup>2</sup>', ['H2O and m2']),
  html(
    'upper and lower numbers beside others',
    '<p>10<sup>6</sup>, 10<sup>-3</sup>, $19<sup>99</sup>, 40<sup><a href="#n">1</a></sup>, 11<sub>2</sub>, 5<sup>th</sup>, 40 <sup>1</sup>, 19<span style="vertical-align:super">99</span>',
    ['10^6, 10^-3, $19^99, 40^1, 11_2, 5th, 40 1, 19^99'],
  ),
  html(
    'boxes that are ticked, and not',
    '<p><input type=checkbox checked> Milk <input type=checkbox>Bread</p><input type=radio name=a> Yes<input type=radio name=a checked>No',
    ['[x] Milk [ ] Bread', '( ) Yes (x) No'],
  ),
  html(
    'items of a list that say their own numbers',
    '<ol><li value=3>three<li>four</ol>and<ol type=a><li>a<li value=4>d</ol>',
    [' 3. three\n 4. four', ' a. a\n\n d. d'],
  ),
  html('letters divided by tags', '<p>P<b></b>ay<span>Pal</span>', ['PayPal']),
  html('words divided by soft marks', '<p>Pay&shy;Pal&zwnj; Pass&#8203;word', ['PayPal', 'Password']),
];
