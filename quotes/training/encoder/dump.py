import json,sys
from pathlib import Path
import numpy as np
from quotes.extraction.pipeline import shipped_weights
from quotes.training.examples import from_gold, from_polnear
from quotes.training.polnear import with_more_marks
from quotes.training.sources import Sources
from quotes.training.gold import read_gold
S=Sources(Path('SHARED/corpora'),Path('SHARED/gold'),Path('fixtures/gold'))
net=shipped_weights()
net=getattr(net,'network',None) or net[0]
V=net.vocabulary
def rec(ex,id_):
    c=ex.cases; text=c.stream.text; spans=[]
    for case,ctx in enumerate(c.contexts):
        outer=c.stream.spans[ctx.span].outer
        cand=c.candidates(case)
        spans.append({'s':outer.start,'e':outer.end,'alone':bool(ctx.alone),
          'c':[[c.mentions.all[m].start,c.mentions.all[m].end,int(c.entities[m])] for m in cand.tolist()],
          'r':ex.right[case]})
    return {'id':id_,'text':text,'q':[[s.outer.start,s.outer.end] for s in c.stream.spans],'spans':spans}
def write(name,items):
    with open(f'SCRATCH/{name}.jsonl','w') as f:
        n=0
        for r in items: f.write(json.dumps(r)+'\n'); n+=len(r['spans'])
    print(name,n,flush=True)
ch=np.random.default_rng(7)
def train():
    for a in S.training():
        yield rec(from_polnear(a,V),'p')
        yield rec(from_polnear(with_more_marks(a,ch),V),'p+')
    for a in S.news_training(): yield rec(from_gold(a,V),a.id)
    for a in S.own_training(): yield rec(from_gold(a,V),a.id)
write('train',train())
for n,arts in S.dev().items(): write(n,(rec(from_gold(a,V),a.id) for a in arts))
write('own-dev',(rec(from_gold(a,V),a.id) for a in S.own_dev()))
write('unseen',(rec(from_gold(a,V),a.id) for a in read_gold(Path('fixtures/gold/unseen.jsonl'))))
