/* Appended to the theme's search. The theme puts a wildcard behind each word that is typed, and a word with a wildcard is
   not stemmed: « cartes* » would miss « carte ». Accents may be left out: « depliant » finds « dépliant ». */
{
  const english = lunr.stemmer;
  const bare = (word) => word.normalize("NFD").replace(/\p{M}/gu, "");
  lunr.stemmer = (token) => english(token).update(bare); // the last step of both languages
  lunr.Pipeline.registerFunction(lunr.stemmer, "bareStemmer");

  const { parse } = lunr.QueryParser.prototype;
  lunr.QueryParser.prototype.parse = function () {
    const query = parse.call(this);
    for (const clause of query.clauses)
      if (clause.term.endsWith("*"))
        clause.term = `${lunr.stemmer(lunr.fr.stemmer(new lunr.Token(clause.term.slice(0, -1))))}*`;
    return query;
  };
}
