import json,sys,os
from pathlib import Path
from dataclasses import replace
import numpy as np
import quotes.extraction.pipeline as P
from quotes.extraction.pipeline import assemble, shipped_weights
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import build_stream
from quotes.extraction.mentions.finder import find_mentions
from quotes.extraction.types import Span
from quotes.training.sources import Sources
from quotes.training.gold import read_gold, PredictedQuote
from quotes.training.scoring import evaluate, figures
S=Sources(Path('SHARED/corpora'),Path('SHARED/gold'),Path('fixtures/gold'))
net,cal=shipped_weights()
class T(np.ndarray): pass
state={}
orig=P.find_cases
def fc(*a,**k):
    c=orig(*a,**k); state['cases']=c; return c
P.find_cases=fc
class Comb:
    vocabulary=net.vocabulary
    def __init__(s,w,thr,table): s.w,s.thr,s.table=w,thr,table; s.asked=s.all=0
    def first_layer(s,f):
        c=state['cases']; t=s.table.get(c.stream.text[:200],{})
        for ctx,first in zip(c.contexts,net.first_layer(f)):
            x=first.view(T); p=t.get(str(c.stream.spans[ctx.span].outer.start)); x.logp=None
            if p is not None and len(p)==len(first): x.logp=np.log(np.maximum(np.array(p,np.float32),1e-4))
            yield x
    def scores(s,first,turns):
        sc=net.scores(np.asarray(first),turns); s.all+=1
        if first.logp is None or s.w==0: return sc
        e=np.exp(sc-sc.max(1,keepdims=True)); e/=e.sum(1,keepdims=True)
        if e.max(1).max()>s.thr: return sc
        s.asked+=1
        return sc+s.w*first.logp
def run(arts,comb):
    pred={}
    for a in arts:
        st=build_stream(a.text,find_spans(a.text)); ex=assemble(st,find_mentions(st),comb,cal)
        pred[a.id]=tuple(PredictedQuote(q.segments,q.speaker.name if q.speaker else None,mention=Span(q.mention.start,q.mention.end) if q.mention else None,confidence=q.confidence) for q in ex.quotes)
    return figures(evaluate(arts,pred))
sets={**S.dev(),'own-dev':S.own_dev(),'unseen':read_gold(Path('fixtures/gold/unseen.jsonl'))}
for name,arts in sets.items():
    table={}
    for l in open(f'SCRATCH/{name}.pred.jsonl'):
        r=json.loads(l); table[r['text']]=r['p']
    for w,thr in [(0,1)]+[(float(x.split(':')[0]),float(x.split(':')[1])) for x in sys.argv[1:]]:
        c=Comb(w,thr,table); f=run(arts,c)
        print(name,w,thr,'asked',round(c.asked/max(1,c.all),3),'mention',round(100*f.mention.f1,2),'lenient',round(100*f.lenient.f1,2),'strict',round(100*f.strict.f1,2),'pub',f.publishable and f.publishable,flush=True)
