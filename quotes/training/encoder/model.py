"""MiniLM layers with case and quote embeddings; head: which mention speaks a span."""
import json, zipfile, io, random, math, time, sys
import numpy as np, torch
from torch import nn
import torch.nn.functional as F
from tokenizers import BertWordPieceTokenizer
W='SCRATCH/minilm'
TOK=BertWordPieceTokenizer(f'{W}/vocab.txt',lowercase=True)
CHUNK,STRIDE=160,80
def case_of(t):
    if not t or not t[0].isalpha(): return 0
    if t.islower(): return 1
    if t.isupper() and len(t)>1: return 3
    if t[0].isupper() and t[1:].islower() or len(t)==1: return 2
    return 4
class Enc(nn.Module):
    def __init__(s,layers=3,H=384,heads=12,ff=1536):
        super().__init__(); s.H=H; s.heads=heads
        s.word=nn.Embedding(30522,H); s.pos=nn.Embedding(512,H); s.typ=nn.Embedding(2,H); s.case=nn.Embedding(5,H); s.quoted=nn.Embedding(2,H)
        nn.init.zeros_(s.case.weight); nn.init.zeros_(s.quoted.weight)
        s.ln=nn.LayerNorm(H,eps=1e-12); s.drop=nn.Dropout(.1)
        s.L=nn.ModuleList([nn.ModuleDict(dict(q=nn.Linear(H,H),k=nn.Linear(H,H),v=nn.Linear(H,H),o=nn.Linear(H,H),l1=nn.LayerNorm(H,eps=1e-12),f1=nn.Linear(H,ff),f2=nn.Linear(ff,H),l2=nn.LayerNorm(H,eps=1e-12))) for _ in range(layers)])
    def forward(s,ids,case,quoted,mask):
        B,T=ids.shape
        x=s.word(ids)+s.pos.weight[:T][None]+s.typ.weight[0]+s.case(case)+s.quoted(quoted)
        x=s.drop(s.ln(x)); m=mask[:,None,None,:]
        for l in s.L:
            sp=lambda y:y.view(B,T,s.heads,-1).transpose(1,2)
            a=F.scaled_dot_product_attention(sp(l['q'](x)),sp(l['k'](x)),sp(l['v'](x)),attn_mask=m)
            x=l['l1'](x+s.drop(l['o'](a.transpose(1,2).reshape(B,T,s.H))))
            x=l['l2'](x+s.drop(l['f2'](F.gelu(l['f1'](x)))))
        return x
    def load(s,sd):
        g=lambda n:sd[n] if n in sd else sd['bert.'+n]
        s.word.weight.data.copy_(g('embeddings.word_embeddings.weight')); s.pos.weight.data.copy_(g('embeddings.position_embeddings.weight')); s.typ.weight.data.copy_(g('embeddings.token_type_embeddings.weight'))
        s.ln.weight.data.copy_(g('embeddings.LayerNorm.weight')); s.ln.bias.data.copy_(g('embeddings.LayerNorm.bias'))
        for i,l in enumerate(s.L):
            p=f'encoder.layer.{i}.'
            for a,b in dict(q='attention.self.query',k='attention.self.key',v='attention.self.value',o='attention.output.dense',l1='attention.output.LayerNorm',f1='intermediate.dense',f2='output.dense',l2='output.LayerNorm').items():
                l[a].weight.data.copy_(g(p+b+'.weight')); l[a].bias.data.copy_(g(p+b+'.bias'))
class Speaks(nn.Module):
    """scores of candidates of a span; nobody last"""
    def __init__(s,H=384,K=192):
        super().__init__(); s.a=nn.Linear(2*H,K); s.b=nn.Linear(2*H,K); s.dist=nn.Embedding(32,K); s.out=nn.Linear(K,1); s.mid=nn.Linear(K,K)
        s.n=nn.Linear(2*H,K); s.nout=nn.Linear(K,1); s.far=nn.Embedding(2,1); nn.init.zeros_(s.far.weight); s.far.weight.data-=4
        s.drop=nn.Dropout(.2)
    def pair(s,span,ment,dist):
        h=torch.relu(s.a(s.drop(span))+s.b(s.drop(ment))+s.dist(dist))
        h=torch.relu(s.mid(s.drop(h))); return s.out(h).squeeze(-1)
    def nobody(s,span): return s.nout(s.drop(torch.relu(s.n(s.drop(span))))).squeeze(-1)
def bucket(d):
    a=abs(d); b=min(15,a if a<6 else 6+int(math.log2(a/6)*2)); return b+(16 if d<0 else 0)
def prepare(r):
    """article -> chunks: (ids, case, quoted, spans: [(st,en,cands:[(st,en,dist) or far flag], right)])"""
    text=r['text']; e=TOK.encode(text,add_special_tokens=False); off=e.offsets; ids=e.ids; n=len(ids)
    if not n: return []
    starts=np.array([o[0] for o in off]); ends=np.array([o[1] for o in off])
    case=[case_of(text[a:b]) for a,b in off]
    quoted=np.zeros(n,int)
    rng=lambda s,t:(int(np.searchsorted(ends,s,'right')),int(np.searchsorted(starts,t,'left')))
    for s,t in r['q']:
        a,b=rng(s,t); quoted[a:b]=1
    offs=list(range(0,max(1,n-CHUNK+STRIDE),STRIDE)) or [0]
    chunks={}
    for k,sp in enumerate(r['spans']):
        if sp['r'] is None and not r.get('all'): continue
        a,b=rng(sp['s'],sp['e']); mid0,mid1=a,max(a+1,b)
        # best chunk: most room around the span; long spans: around their end and beginning
        def room(o): return min(mid0-o if o>0 else 999, (o+CHUNK-mid1) if o+CHUNK<n else 999)
        o=max(offs,key=lambda o:(min(room(o),STRIDE//2) ,-abs((o+CHUNK/2)-(mid0+mid1)/2)))
        lo,hi=o,min(n,o+CHUNK)
        sa,sb=max(a,lo),min(max(b,a+1),hi)
        if sb<=sa: sa,sb=(lo,lo+1) if b<=lo else (hi-1,hi)
        cands=[]
        for s,t,ent in sp['c']:
            x,y=rng(s,t); y=max(y,x+1)
            if x>=lo and y<=hi:
                d=(x-b) if x>=b else (y-a-0) if y<=a else 0
                cands.append((x-lo,y-lo,bucket(d)))
            else: cands.append((-1,0 if x<a else 1,0))
        chunks.setdefault(o,[]).append((sa-lo,sb-lo,cands,sp['r'],k))
    return [(ids[o:o+CHUNK],case[o:o+CHUNK],quoted[o:o+CHUNK].tolist(),spans) for o,spans in sorted(chunks.items())]
def batchify(chunks):
    T=max(len(c[0]) for c in chunks); B=len(chunks)
    ids=torch.zeros(B,T,dtype=torch.long); case=torch.zeros_like(ids); quo=torch.zeros_like(ids); mask=torch.zeros(B,T,dtype=torch.bool)
    for i,c in enumerate(chunks):
        L=len(c[0]); ids[i,:L]=torch.tensor(c[0]); case[i,:L]=torch.tensor(c[1]); quo[i,:L]=torch.tensor(c[2]); mask[i,:L]=True
    return ids,case,quo,mask
def score(head,x,chunks):
    """list of (scores tensor with nobody last) in order of spans"""
    x=x.float()
    run=torch.cat([torch.zeros(x.shape[0],1,x.shape[2]),x.cumsum(1)],1)
    mean=lambda i,a,b:(run[i,b]-run[i,a])/(b-a).unsqueeze(-1)
    I=[];A=[];Bn=[];PI=[];PA=[];PB=[];PD=[];PS=[];lay=[];T=x.shape[1]
    si=0
    for i,c in enumerate(chunks):
        for (a,b,cands,right,k) in c[3]:
            I.append(i);A.append(a);Bn.append(b); l=[]
            for (s,t,d) in cands:
                if s<0: l.append(('f',t))
                else:
                    l.append(('p',len(PI))); PI.append(i);PA.append(s);PB.append(t);PD.append(d);PS.append(si)
            lay.append(l); si+=1
    I,A,Bn=map(torch.tensor,(I,A,Bn))
    edge=lambda i,a:x[i,a.clamp(0,T-1)]
    span=torch.cat([(edge(I,A-1)+edge(I,A))/2,(edge(I,Bn-1)+edge(I,Bn))/2],-1)
    nob=head.nobody(span)
    if PI:
        PI,PA,PB,PD,PS=map(torch.tensor,(PI,PA,PB,PD,PS))
        ment=torch.cat([mean(PI,PA,PB),(edge(PI,PA-1)+edge(PI,PB))/2],-1)
        pr=head.pair(span[PS],ment,PD)
    out=[]
    for j,l in enumerate(lay):
        parts=[pr[v] if t=='p' else head.far.weight[v,0] for t,v in l]
        out.append(torch.stack([*parts,nob[j]]))
    return out
